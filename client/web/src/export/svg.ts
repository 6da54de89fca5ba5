// The picture as a file of its own: what the page's style sheet says is written into it.
const ATTRIBUTES = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font-size', 'font-weight', 'text-anchor', 'text-decoration'];

/** `picture`, which is on the page, as an SVG file's text. */
export function svgOf(picture: SVGSVGElement, title: string): string {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  const shown = picture.querySelectorAll('*');
  copy.querySelectorAll('*').forEach((element, index) => {
    const style = getComputedStyle(shown[index]!);
    for (const name of ATTRIBUTES) {
      const value = style.getPropertyValue(name);
      if (value && value !== 'none solid rgb(0, 0, 0)') element.setAttribute(name, value);
    }
    for (const name of ['class', 'role', 'tabindex', 'data-id', 'aria-pressed']) element.removeAttribute(name);
  });
  for (const name of ['class', 'role']) copy.removeAttribute(name);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('font-family', 'sans-serif');
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  const name = document.createElementNS('http://www.w3.org/2000/svg', 'title');
  name.textContent = title;
  copy.prepend(name, ground);
  return new XMLSerializer().serializeToString(copy);
}
