// Charts: what a mark stands for, by pointer or by keys, the same row in the other charts of the page, and a chart to take
// away. A mark's `data-row` is the number of a row of the table below its chart, or of the one that the chart names by
// `data-table`; the words come from there.

{
  const SPACE = "http://www.w3.org/2000/svg";

  /** The marks of each name, in all charts. @type {Map<string, Element[]>} */
  const named = new Map();

  /** @type {HTMLElement | undefined} */
  let about;
  /** @type {Element | undefined} */
  let shown;

  const hide = () => {
    for (const mark of shown ? named.get(nameOf(shown)) || [] : []) mark.classList.remove("same");
    shown = undefined;
    if (about) about.hidden = true;
  };

  /** @param {Element} mark */
  const nameOf = (mark) => rowOf(mark)?.cells[0].textContent || "";

  /** @param {Element} mark @returns {HTMLTableRowElement | undefined} */
  const rowOf = (mark) => tableOf(mark)?.tBodies[0].rows[Number(mark.getAttribute("data-row"))];

  /** @param {Element} within @returns {HTMLTableElement | null} */
  const tableOf = (within) => {
    const figure = within.closest("figure");
    const elsewhere = document.getElementById(figure?.dataset.table || "");
    return /** @type {HTMLTableElement | null} */ (elsewhere || figure?.querySelector(".figures table"));
  };

  /** What a row says, head by head. @param {Element} mark @returns {string[]} */
  const linesOf = (mark) => {
    const heads = [...(tableOf(mark)?.tHead?.rows[0].cells || [])].map(textOf);
    const cells = [...(rowOf(mark)?.cells || [])].map(textOf);
    return heads.flatMap((head, column) => (column && cells[column] !== "\u2014" ? [say("chart-line", { head, cell: cells[column] })] : []));
  };

  /** @param {Element} mark @param {number} x @param {number} y in the window */
  const show = (mark, x, y) => {
    if (shown !== mark) {
      hide();
      shown = mark;
      for (const same of named.get(nameOf(mark)) || []) same.classList.add("same");
      if (!about) {
        about = document.createElement("div");
        about.className = "about-row";
      }
      // What is not in an open dialog lies below it.
      (mark.closest("dialog") || document.body).append(about);
      const name = Object.assign(document.createElement("b"), { textContent: nameOf(mark) });
      const lines = linesOf(mark).map((line) => Object.assign(document.createElement("span"), { textContent: line }));
      about.replaceChildren(name, ...lines);
      about.hidden = false;
    }
    if (!about) return;
    const { width, height } = about.getBoundingClientRect();
    about.style.left = `${Math.max(8, Math.min(x + 14, innerWidth - width - 8))}px`;
    about.style.top = `${y + 18 + height < innerHeight ? y + 18 : Math.max(8, y - height - 12)}px`;
  };

  /** @param {EventTarget | null} target */
  const markAt = (target) => (target instanceof Element ? target.closest("[data-row]") : null);

  /** Makes the marks answer to pointer and keys. @param {SVGElement} svg */
  const lively = (svg) => {
    const marks = [...svg.querySelectorAll("[data-row]")];
    svg.setAttribute("role", "group");
    marks.forEach((mark, index) => {
      const name = nameOf(mark);
      named.set(name, [...(named.get(name) || []), mark]);
      mark.setAttribute("role", "img");
      mark.setAttribute("aria-label", [name, ...linesOf(mark)].join("; "));
      mark.setAttribute("tabindex", index ? "-1" : "0");
    });
    svg.addEventListener("pointermove", (event) => {
      const mark = markAt(event.target);
      if (mark) show(mark, event.clientX, event.clientY);
      else hide();
    });
    svg.addEventListener("pointerleave", hide);
    svg.addEventListener("focusin", (event) => {
      const mark = markAt(event.target);
      if (!mark) return;
      const { left, width, bottom } = (mark.querySelector("circle:not(.hit)") || mark).getBoundingClientRect();
      show(mark, left + width / 2, bottom - 10);
    });
    svg.addEventListener("focusout", hide);
    svg.addEventListener("keydown", (event) => {
      const at = marks.indexOf(/** @type {Element} */ (markAt(event.target)));
      /** @type {Record<string, number>} */
      const steps = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: marks.length - 1 };
      const next = /** @type {SVGElement | undefined} */ (marks[steps[event.key]]);
      if (!next) return;
      event.preventDefault();
      marks[at]?.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  };

  /** Text in lines of a width. @param {string} text @param {CanvasRenderingContext2D} pen @param {number} width */
  const wrapped = (text, pen, width) => {
    const lines = [""];
    for (const piece of text.match(/[\w.,:;()%–+*-]+\s*|./gu) || []) {
      const last = lines.length - 1;
      if (lines[last] && pen.measureText(lines[last] + piece).width > width) lines.push(piece.trimStart());
      else lines[last] += piece;
    }
    return lines;
  };

  /**
   * The chart as a file of its own, in the colours that it has now.
   *
   * @param {HTMLElement} figure
   * @returns {{ text: string, width: number, height: number }}
   */
  const drawingOf = (figure) => {
    const svg = /** @type {SVGSVGElement} */ (figure.querySelector("svg"));
    const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
    const body = getComputedStyle(document.body);
    const family = getComputedStyle(svg.querySelector("text") || svg).fontFamily;
    const copies = [...copy.querySelectorAll("*")];
    [...svg.querySelectorAll("*")].forEach((own, index) => {
      const element = copies[index];
      if (own.classList.contains("hit")) element.remove();
      const style = getComputedStyle(own);
      for (const name of own.getAttributeNames()) if (/^(class|data-|role|tabindex|aria-|id)/.test(name)) element.removeAttribute(name);
      if (!/^(path|circle|text)$/.test(own.localName)) return;
      element.setAttribute("fill", style.fill);
      if (style.stroke !== "none") {
        for (const name of ["stroke", "stroke-width", "stroke-linejoin", "paint-order"]) {
          element.setAttribute(name, style.getPropertyValue(name));
        }
      }
      if (own.localName === "text" && style.textAnchor !== "start") element.setAttribute("text-anchor", style.textAnchor);
    });
    const pad = 16;
    const { width, height } = svg.viewBox.baseVal;
    const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
    pen.font = `12px ${family}`;
    const caption = figure.querySelector("figcaption")?.textContent || "";
    const lines = wrapped(caption, pen, width);
    const whole = height + 12 + 18 * lines.length;
    /** @param {string} name @param {Record<string, string | number>} attributes */
    const add = (name, attributes) => {
      const element = document.createElementNS(SPACE, name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
      copy.append(element);
      return element;
    };
    lines.forEach((line, index) => {
      add("text", { x: 0, y: height + 16 + 18 * index, fill: getComputedStyle(/** @type {Element} */ (figure.querySelector("figcaption"))).color }).textContent = line;
    });
    const frame = { x: -pad, y: -pad, width: width + 2 * pad, height: whole + 2 * pad };
    copy.prepend(add("rect", { ...frame, fill: body.backgroundColor }));
    for (const name of copy.getAttributeNames()) if (name !== "viewBox") copy.removeAttribute(name);
    const root = { xmlns: SPACE, viewBox: Object.values(frame).join(" "), width: frame.width, height: frame.height, "font-family": family, "font-size": 12 };
    for (const [key, value] of Object.entries(root)) copy.setAttribute(key, String(value));
    return { text: new XMLSerializer().serializeToString(copy), width: frame.width, height: frame.height };
  };

  /** @param {HTMLElement} figure @returns {Promise<Blob | null>} */
  const pictureOf = async (figure) => {
    const { text, width, height } = drawingOf(figure);
    const image = new Image();
    // Not an object URL: a canvas with one from a page on the disk could not be read.
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  };

  /** @param {HTMLElement} figure */
  const figuresOf = (figure) => {
    const rows = [...(tableOf(figure)?.rows || [])].map((row) => [...row.cells].map(textOf));
    const field = (/** @type {string} */ text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text === "\u2014" ? "" : text);
    // The mark at the start tells spreadsheets that this is UTF-8.
    return `\ufeff${rows.map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;
  };

  /** @type {Record<string, (figure: HTMLElement) => Blob | null | Promise<Blob | null>>} */
  const KINDS = {
    SVG: (figure) => new Blob([drawingOf(figure).text], { type: "image/svg+xml" }),
    PNG: pictureOf,
    CSV: (figure) => new Blob([figuresOf(figure)], { type: "text/csv" }),
  };

  /** How much larger than the window a drawing gets. */
  const LARGEST = 8;

  /**
   * Lets the drawing of an enlarged chart be zoomed and moved: by wheel and pointer, by keys, and by the buttons it returns.
   *
   * @param {HTMLDialogElement} dialog
   * @param {HTMLElement} area What scrolls the drawing.
   * @param {AbortSignal} signal
   */
  const zoomable = (dialog, area, signal) => {
    let scale = 1;
    const zoom = (/** @type {number} */ factor, x = area.clientWidth / 2, y = area.clientHeight / 2) => {
      const next = Math.min(LARGEST, Math.max(1, scale * factor));
      const [left, top] = [((area.scrollLeft + x) * next) / scale - x, ((area.scrollTop + y) * next) / scale - y];
      scale = next;
      area.style.setProperty("--scale", String(scale));
      area.scrollTo({ left, top, behavior: "instant" });
    };
    /** @type {Record<string, number>} */
    const keys = { "+": 1.5, "=": 1.5, "-": 1 / 1.5, 0: 0 };
    dialog.addEventListener("keydown", (event) => {
      if (event.key in keys && !event.ctrlKey && !event.metaKey) zoom(keys[event.key]);
    });
    area.addEventListener("wheel", (event) => {
      event.preventDefault();
      const { left, top } = area.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY / (event.deltaMode ? 10 : 300)), event.clientX - left, event.clientY - top);
    }, { passive: false, signal });
    // A finger moves what scrolls by itself.
    area.addEventListener("pointermove", (event) => {
      if (event.buttons !== 1 || event.pointerType !== "mouse") return;
      area.setPointerCapture(event.pointerId);
      area.scrollBy({ left: -event.movementX, top: -event.movementY, behavior: "instant" });
    }, { signal });
    area.addEventListener("dblclick", () => zoom(0), { signal });
    return Object.entries({ "\u2212": "-", "+": "+" }).map(([sign, key]) =>
      makeButton(sign, { "aria-label": say(key === "+" ? "chart-closer" : "chart-farther"), "aria-keyshortcuts": key, click: () => zoom(keys[key]) }),
    );
  };

  /** Shows a chart as large as the window, until it is closed. @param {HTMLElement} figure @param {HTMLElement} button */
  const enlarge = (figure, button) => {
    const dialog = document.createElement("dialog");
    const area = /** @type {HTMLElement} */ (figure.querySelector(".scroll"));
    const ended = new AbortController();
    const tools = zoomable(dialog, area, ended.signal);
    dialog.className = "large";
    dialog.setAttribute("aria-label", figure.querySelector("svg title")?.textContent || "");
    figure.before(dialog);
    dialog.append(figure);
    button.textContent = say("chart-close");
    button.before(...tools);
    dialog.addEventListener("close", () => {
      hide();
      if (about) document.body.append(about);
      button.textContent = say("chart-enlarge");
      ended.abort();
      for (const tool of tools) tool.remove();
      area.style.removeProperty("--scale");
      dialog.replaceWith(figure);
      button.focus();
    });
    dialog.showModal();
    button.focus();
  };

  /** Puts the buttons that save a chart below it. @param {HTMLElement} figure */
  const savable = (figure) => {
    const chart = figure.querySelector("svg title")?.textContent || "";
    const place = document.createElement("div");
    place.className = "save";
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", say("chart-tools"));
    for (const kind of Object.keys(KINDS)) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: kind });
      button.setAttribute("aria-label", say("chart-save", { chart, kind }));
      button.addEventListener("click", async () => {
        const blob = await KINDS[kind](figure);
        if (!blob) return;
        const page = location.pathname.split("/").pop()?.replace(/\.html$/, "") || "chart";
        const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `${page}-${figure.id}.${kind.toLowerCase()}` });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      });
      place.append(button);
    }
    if (!figure.classList.contains("wide-chart")) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "enlarge", textContent: say("chart-enlarge") });
      button.addEventListener("click", () => {
        const dialog = figure.closest("dialog");
        if (dialog) dialog.close();
        else enlarge(figure, button);
      });
      place.prepend(button);
    }
    figure.insertBefore(place, figure.querySelector(".figures"));
  };

  for (const figure of document.querySelectorAll("figure.chart")) {
    if (!tableOf(figure)) continue;
    for (const svg of figure.querySelectorAll("svg")) lively(svg);
    savable(/** @type {HTMLElement} */ (figure));
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
}
