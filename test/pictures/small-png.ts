import { crc32, deflateSync } from 'node:zlib';

const mostColours = 256;

/**
 * A picture as a PNG with at most 256 colours: a third of the size of one with all of them, and a screen of text and
 * boxes looks the same.
 *
 * Colours that are nearly alike are put in one of 32,768 boxes; the boxes with most pixels give the palette.
 *
 * @param rgba four bytes a pixel, row by row; how see-through a pixel is does not count
 */
export function smallPng(width: number, height: number, rgba: Uint8Array): Uint8Array {
  const boxes = new Map<number, { n: number; red: number; green: number; blue: number }>();
  for (let at = 0; at < rgba.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = rgba.subarray(at, at + 3);
    const box = boxes.get(boxOf(red, green, blue)) ?? { n: 0, red: 0, green: 0, blue: 0 };
    boxes.set(boxOf(red, green, blue), {
      n: box.n + 1,
      red: box.red + red,
      green: box.green + green,
      blue: box.blue + blue,
    });
  }
  const palette = [...boxes.values()]
    .sort((a, b) => b.n - a.n)
    .slice(0, mostColours)
    .map(({ n, red, green, blue }) => [Math.round(red / n), Math.round(green / n), Math.round(blue / n)] as const);
  const nearest = new Map<number, number>();
  const rows = new Uint8Array(height * (width + 1));
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const [red = 0, green = 0, blue = 0] = rgba.subarray(pixel * 4, pixel * 4 + 3);
    const box = boxOf(red, green, blue);
    const colour = nearest.get(box) ?? nearestOf(palette, red, green, blue);
    nearest.set(box, colour);
    // Every row begins with a byte for its filter: none, which is best for few colours.
    rows[Math.floor(pixel / width) * (width + 1) + 1 + (pixel % width)] = colour;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, colours from a palette.
  header.set([8, 3], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function boxOf(red: number, green: number, blue: number): number {
  return ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);
}

function nearestOf(palette: readonly (readonly [number, number, number])[], red: number, green: number, blue: number) {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, [r, g, b]] of palette.entries()) {
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance >= least) continue;
    best = index;
    least = distance;
  }
  return best;
}

/** @see https://www.w3.org/TR/png-3/#5Chunk-layout */
function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
