/** The signs on the buttons, each one stroke through a square of 24. */
export const icons = {
  bold: 'M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z',
  italic: 'M10 5h8M6 19h8M14 5l-4 14',
  strike: 'M4 12h16M16 8c-.7-1.900-2.200-3-4.200-3C9.400 5 8 6.300 8 8c0 .700.200 1.300.600 1.800M8 16c.700 1.900 2.200 3 4.200 3 2.400 0 3.800-1.300 3.800-3 0-.400-.100-.700-.200-1',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1',
  heading: 'M6 5v14M18 5v14M6 12h12',
  quote: 'M5 5v14M10 8h10M10 12h10M10 16h6',
  bullets: 'M10 6h10M10 12h10M10 18h10M4.500 6h.010M4.500 12h.010M4.500 18h.010',
  numbers: 'M11 6h9M11 12h9M11 18h9M4 4.500 5.500 4v5M4 15.500c.200-1.600 2.800-1.600 2.800.100C6.800 17 4 18 4 20h3',
  undo: 'M8 5 4 9l4 4M4 9h10a5 5 0 0 1 0 10h-4',
  redo: 'M16 5l4 4-4 4M20 9H10a5 5 0 0 0 0 10h4',
} as const;

/** The signs that point, or begin a line: where lines run from the right they are the other way round. */
export const pointing: readonly (keyof typeof icons)[] = ['quote', 'bullets', 'undo', 'redo'];

const SVG = 'http://www.w3.org/2000/svg';

/** A sign; its button says in words what it does. */
export function icon(path: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
