import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { TopLevelSpec } from 'vega-lite';
import type { SlackDeps } from '../deps.ts';
import type { Picture } from '../views/blocks.ts';

/** Draws a picture and gives it to Slack; `null` where Slack says nothing of the file. */
export async function uploadPicture(
  { client, drawPicture }: { client: WebClient; drawPicture: SlackDeps['drawPicture'] },
  { filename, altText, spec }: { filename: string; altText: string; spec: () => TopLevelSpec },
): Promise<Picture | null> {
  const draw = drawPicture ?? (await import('../charts/draw-picture.ts')).drawPicture;
  const png = Buffer.from(await draw(spec()));
  const uploaded = await client.filesUploadV2({ file: png, filename, alt_text: altText.slice(0, 1000) });
  const fileId = uploaded.files[0]?.files?.[0]?.id;
  return fileId === undefined ? null : { fileId, altText };
}

/** Slack takes an uploaded file into blocks only after a second or so of processing, and says `invalid_blocks` before. */
export async function onceProcessed(update: () => Promise<unknown>): Promise<void> {
  for (const waitMs of [500, 1500, 4000]) {
    try {
      await update();
      return;
    } catch (error) {
      const tooEarly = error instanceof WebAPIPlatformError && /invalid_blocks|slack_file/.test(error.data.error);
      if (!tooEarly) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  await update();
}
