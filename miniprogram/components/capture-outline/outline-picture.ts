/**
 * Draws the overlay as an SVG picture: a veil with a hole for head and shoulders, a dashed line around it, and the
 * corners of what will become the finished photo. Pure; every length comes from `overlayFor`.
 */
import { Overlay, Rectangle } from '../../shared/framing/overlay';

interface Size {
  readonly width: number;
  readonly height: number;
}

// The bust's own proportions, as shares of the head's width (drawn by eye on a dozen studio portraits).
const NECK_HALF_WIDTH = 0.3;
const SHOULDER_HALF_WIDTH = 0.95;
const CORNER_SHARE = 0.09;

const round = (value: number): number => Math.round(value * 10) / 10;

/** A data address of the picture, in the size of the view. */
export function outlinePicture(overlay: Overlay, view: Size, ready: boolean): string {
  return `data:image/svg+xml,${encodeURIComponent(outlineSvg(overlay, view, ready))}`;
}

export function outlineSvg(overlay: Overlay, { width, height }: Size, ready: boolean): string {
  const shapes = `${ellipse(overlay.head)}<path d="${shouldersPath(overlay, height)}"/>`;
  const line = ready ? '#8fe8bd' : '#ffffff';
  const dash = ready ? '' : ' stroke-dasharray="11 9"';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<mask id="m"><rect width="100%" height="100%" fill="#fff"/><g fill="#000">${shapes}</g></mask>` +
    `<rect width="100%" height="100%" fill="#0a0e18" fill-opacity=".5" mask="url(#m)"/>` +
    // The dark line below keeps the light one visible on a white wall.
    `<g fill="none" stroke-linecap="round" mask="url(#m)">` +
    `<g stroke="#0a0e18" stroke-opacity=".55" stroke-width="8">${shapes}</g>` +
    `<g stroke="${line}" stroke-width="5"${dash}>${shapes}</g></g>` +
    `<path d="${cornersPath(overlay.crop)}${eyeMarksPath(overlay)}" fill="none" stroke="#fff" stroke-opacity=".9" ` +
    `stroke-width="2.5" stroke-linecap="round"/></svg>`
  );
}

function ellipse({ left, top, width, height }: Rectangle): string {
  const [cx, cy, rx, ry] = [left + width / 2, top + height / 2, width / 2, height / 2].map(round);
  return `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}"/>`;
}

/** Neck and shoulders down to the view's bottom edge. */
function shouldersPath({ head, shouldersY }: Overlay, bottom: number): string {
  const middle = head.left + head.width / 2;
  const neck = head.width * NECK_HALF_WIDTH;
  const shoulder = head.width * SHOULDER_HALF_WIDTH;
  const chin = head.top + head.height * 0.86;
  const slope = shouldersY + head.height * 0.22;
  const side = (direction: 1 | -1) => (distance: number) => round(middle + direction * distance);
  const left = side(-1);
  const right = side(1);
  return (
    `M${left(neck)} ${round(chin)}V${round(shouldersY - head.height * 0.1)}` +
    `C${left(neck)} ${round(shouldersY + head.height * 0.02)} ${left(shoulder)} ${round(shouldersY)} ${left(shoulder)} ${round(slope)}` +
    `V${round(bottom + 10)}H${right(shoulder)}V${round(slope)}` +
    `C${right(shoulder)} ${round(shouldersY)} ${right(neck)} ${round(shouldersY + head.height * 0.02)} ${right(neck)} ${round(shouldersY - head.height * 0.1)}` +
    `V${round(chin)}Z`
  );
}

function cornersPath({ left, top, width, height }: Rectangle): string {
  const arm = width * CORNER_SHARE;
  const corner = (x: number, y: number, toX: number, toY: number): string =>
    `M${round(x + toX * arm)} ${round(y)}H${round(x)}V${round(y + toY * arm)}`;
  return (
    corner(left, top, 1, 1) +
    corner(left + width, top, -1, 1) +
    corner(left, top + height, 1, -1) +
    corner(left + width, top + height, -1, -1)
  );
}

/** Two short marks at the height of the eyes. */
function eyeMarksPath({ head, eyesY }: Overlay): string {
  const length = head.width * 0.1;
  const mark = (x: number): string => `M${round(x - length / 2)} ${round(eyesY)}h${round(length)}`;
  return mark(head.left - length) + mark(head.left + head.width + length);
}
