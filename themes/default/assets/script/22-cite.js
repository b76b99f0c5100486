// References to a page, ready to be copied.

/** Puts a button onto a reference that copies it, with today as the day of reading and the address of the view at hand. @param {HTMLElement} reference */
const citable = (reference) => {
  if (!navigator.clipboard) return;
  const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))?.href;
  const button = makeButton(say("cite-copy"), {
    class: "copy",
    click: async () => {
      const [today] = new Date().toISOString().split("T");
      const text = (reference.textContent ?? "").replace("YYYY-MM-DD", today);
      try {
        await navigator.clipboard.writeText(canonical ? text.replace(canonical, canonical + location.search) : text);
        button.textContent = say("cite-copied");
      } catch {
        button.textContent = say("cite-not-copied");
      }
      announce(button.textContent);
      setTimeout(() => (button.textContent = say("cite-copy")), 2000);
    },
  });
  reference.before(button);
};
