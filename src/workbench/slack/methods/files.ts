import type { Method } from '../api.ts';
import { SlackApiError } from '../api-error.ts';
import { announceMessage } from '../events.ts';
import { asObjects, asText } from '../json.ts';
import { wireFile } from '../payloads.ts';
import { addMessage } from '../state.ts';
import { conversationOf, nameBlocks, required } from './arguments.ts';

/**
 * Pictures and other files, in the three steps that replaced files.upload: ask for an address, send the bytes there,
 * say that it is complete and where to share it.
 *
 * @see https://docs.slack.dev/messaging/working-with-files/#uploading_files
 */
export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': (slack, args) => {
    const { state } = slack;
    const name = required(args, 'filename');
    required(args, 'length');
    const id = state.ids.next('F');
    state.files.set(id, {
      id,
      name,
      title: name,
      mimetype: mimetypeOf(name),
      altText: asText(args.alt_txt) || asText(args.alt_text),
      bytes: new Uint8Array(),
      uploaded: false,
      channels: [],
      user: state.workspace.app.botUserId,
      created: state.clock(),
    });
    return { upload_url: `${slack.origin()}/upload/${id}`, file_id: id };
  },

  'files.completeUploadExternal': (slack, args) => {
    const { state } = slack;
    const files = asObjects(args.files).map((given) => {
      const file = state.files.get(asText(given.id));
      if (!file) throw new SlackApiError('file_not_found');
      if (!file.uploaded) throw new SlackApiError('file_not_uploaded');
      if (asText(given.title)) file.title = asText(given.title);
      return file;
    });
    const targets = [asText(args.channel_id), ...asText(args.channels).split(',')].filter(Boolean);
    for (const target of targets) {
      const conversation = conversationOf(state, { channel: target });
      const threadTs = asText(args.thread_ts);
      for (const file of files) file.channels.push(conversation.id);
      const message = addMessage(state, {
        channel: conversation.id,
        user: state.workspace.app.botUserId,
        text: asText(args.initial_comment),
        files: files.map((file) => file.id),
        ...(args.blocks ? { blocks: nameBlocks(state, asObjects(args.blocks)) } : {}),
        ...(threadTs ? { threadTs } : {}),
      });
      void announceMessage(slack, message);
    }
    return { files: files.map((file) => wireFile(state, file)) };
  },

  'files.info': ({ state }, args) => {
    const file = state.files.get(required(args, 'file'));
    if (!file) throw new SlackApiError('file_not_found');
    return { file: wireFile(state, file) };
  },
};

const MIMETYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  csv: 'text/csv',
  txt: 'text/plain',
  json: 'application/json',
  pdf: 'application/pdf',
};

/** By the ending of the name; SVG is left out on purpose, since it can carry scripts. */
function mimetypeOf(name: string): string {
  return MIMETYPES[name.split('.').pop()?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
