// Contrast of colours as computed styles write them, by the definition of WCAG 2.

/** @param {string} colour such as `rgb(1, 2, 3)`, `rgba(1, 2, 3, 0.4)` or `color(srgb 0.1 0.2 0.3 / 0.4)`, which a mixture is */
function parse(colour) {
  const [red, green, blue, alpha = 1] = (colour.match(/[\d.]+(e-\d+)?/g) ?? []).map(Number);
  const scale = colour.startsWith("color(srgb") ? 255 : 1;
  return { channels: [red * scale, green * scale, blue * scale], alpha };
}

/** @param {number[]} channels 0 to 255 */
function luminance(channels) {
  const [red, green, blue] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * The contrast of text with its ground, 1 to 21.
 *
 * @param {string} ink
 * @param {string} paper
 * @param {string} [veil] a translucent colour that lies on the paper
 */
export function contrast(ink, paper, veil = "rgba(0, 0, 0, 0)") {
  const { channels, alpha } = parse(veil);
  const ground = parse(paper).channels.map((channel, index) => channels[index] * alpha + channel * (1 - alpha));
  const [darker, lighter] = [luminance(parse(ink).channels), luminance(ground)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}
