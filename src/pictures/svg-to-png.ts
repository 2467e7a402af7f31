/** Renders SVG to PNG, with the shipped font only: the same text gives the same bytes on every machine. */

import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { indexedPng } from './png.ts';

const require = createRequire(import.meta.url);
/** Inter, under the SIL Open Font License. */
const fontFiles = [
  require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  require.resolve('@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf'),
];

export interface Size {
  /** In pixels; the height follows. */
  width: number;
  /** At most so many colours, which takes a quarter of the bytes; all of them where absent. */
  colours?: number | undefined;
}

/** Renders a drawing, which must have an opaque background: nothing shows through. */
export const pngOf = (svg: string, { width, colours }: Size): Buffer => {
  const drawn = new Resvg(svg, {
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Inter' },
    fitTo: { mode: 'width', value: width },
  }).render();
  return colours === undefined ? drawn.asPng() : indexedPng(drawn.pixels, drawn.width, drawn.height, colours);
};
