import { SingleBar } from 'cli-progress';
import type { Output } from './command.ts';

/** What a command writes, as data: so that it can travel from the app that holds the folder to the terminal. */
export type Line =
  | { kind: 'answer'; text: string }
  | { kind: 'say'; text: string }
  | { kind: 'progress'; what: string; done?: number; total?: number };

/** Turns a command's output into lines, wherever they go. */
export function outputTo(json: boolean, write: (line: Line) => void): Output {
  return {
    json,
    answer: (value, text) => write({ kind: 'answer', text: json ? JSON.stringify(value, null, 2) : text }),
    say: (text) => write({ kind: 'say', text }),
    progress: (what, done, total) =>
      write({
        kind: 'progress',
        what,
        ...(done === undefined ? {} : { done }),
        ...(total === undefined ? {} : { total }),
      }),
  };
}

/** Progress is shown when a wait has lasted this long, in milliseconds. */
const patience = 1_000;

/** Writes lines to this process's terminal: a bar where there is one, now and then a line where there is not. */
export function terminal(): { write: (line: Line) => void; end: () => void } {
  const started = Date.now();
  const bar = process.stderr.isTTY
    ? new SingleBar({ format: '{what} {counts}', hideCursor: true, clearOnComplete: true, stream: process.stderr })
    : null;
  let running = false;
  let lastWhat = '';
  const hide = () => {
    if (running) bar?.stop();
    running = false;
  };
  return {
    write(line) {
      if (line.kind === 'progress') {
        if (Date.now() - started < patience) return;
        const counts =
          line.done === undefined
            ? ''
            : `${line.done.toLocaleString('en')}${line.total === undefined ? '' : ` of ${line.total.toLocaleString('en')}`}`;
        if (bar !== null) {
          if (!running) bar.start(1, 0, { what: line.what, counts });
          running = true;
          bar.update(0, { what: line.what, counts });
        } else if (stem(line.what) !== lastWhat) {
          lastWhat = stem(line.what);
          process.stderr.write(`${line.what}\n`);
        }
        return;
      }
      hide();
      (line.kind === 'answer' ? process.stdout : process.stderr).write(`${line.text}\n`);
    },
    end: hide,
  };
}

/** What is being done, without how far it is. */
function stem(what: string): string {
  return what.replace(/[:,]? [\d,]+.*$/, '');
}
