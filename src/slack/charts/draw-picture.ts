import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { parse, type Spec, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** Twice the size it is shown at, so that it is crisp on a dense screen. */
const scale = 2;

interface Renderer {
  fonts: Uint8Array[];
}

let renderer: Promise<Renderer> | null = null;

/** A picture as a PNG. The first one loads fonts and the rasteriser; the rest take a fraction of that. */
export async function drawPicture(spec: TopLevelSpec): Promise<Uint8Array> {
  renderer ??= prepare();
  const { fonts } = await renderer;
  const svg = await svgOf(spec);
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { fontBuffers: fonts, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
  });
  const rendered = image.render();
  try {
    return rendered.asPng();
  } finally {
    // Both live in WebAssembly memory, which no garbage collector looks after.
    rendered.free();
    image.free();
  }
}

async function svgOf(picture: TopLevelSpec): Promise<string> {
  const { spec } = compile(picture);
  const view = new View(parse(spec satisfies Spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

async function prepare(): Promise<Renderer> {
  const read = (module: string) => readFile(fileURLToPath(import.meta.resolve(module)));
  const [wasm, ...fonts] = await Promise.all([
    read('@resvg/resvg-wasm/index_bg.wasm'),
    read('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
    read('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
  ]);
  await initWasm(wasm);
  return { fonts };
}
