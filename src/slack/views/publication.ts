import type { Button } from '@slack/types';
import { orgInWords } from '../../icp/org-in-words.ts';
import { failureInWords } from '../../icp/publishing/failure-words.ts';
import {
  clearedWords,
  type PublicationReport,
  reportTotals,
  standing,
} from '../../icp/publishing/publication-report.ts';
import { scoreMoveLine } from '../../icp/publishing/score-move.ts';
import { asSentence } from '../../questions/as-sentence.ts';
import { formatNumber } from '../../questions/format-figure.ts';
import { actionIds } from '../action-ids.ts';
import type { PublicationOrg } from '../publications/publication-deps.ts';
import { actions, button, columns, context, lineSections, type Message, section } from './blocks.ts';
import { label, plain } from './text.ts';

const mostShown = 5;

/** What was written to the CRM, and what was not, with the reasons: the card after every publication and every undoing. */
export function publicationMessage(report: PublicationReport): Message {
  const { objects, failures, changed, moved, reason } = report;
  const title = `${what(report)}: ${standing(report)}`;
  const all = reportTotals(report);
  return {
    text: title,
    blocks: [
      section(`*${title}*`),
      columns([
        `*Written*\n${count(all.written)} of ${count(all.planned)}`,
        `*Failed, set aside*\n${count(all.setAside)}`,
        `*Changed since, left alone*\n${count(all.changedSince)}`,
        `*Not sent*\n${count(all.leftOut + all.open)}`,
      ]),
      ...lineSections([
        ...objects.map(
          (one) =>
            `${plain(one.object, 40)}: ${count(one.written)} of ${count(one.planned)} written${clearedWords(one)}`,
        ),
        ...failures
          .slice(0, mostShown)
          .map(
            (one) =>
              `*${count(one.rows)} failed:* ${plain(failureInWords(one.code), 200)}, such as ${plain(one.examples.join(', '), 120)}`,
          ),
        ...changed
          .slice(0, mostShown)
          .map((one) => `*Changed since:* ${plain(`${one.object} ${one.recordId}: ${one.reason}`, 300)}`),
        ...moved.slice(0, mostShown).map((one) => `*Why changed:* ${plain(scoreMoveLine(one), 300)}`),
        ...(reason === null ? [] : [plain(asSentence(reason), 800)]),
      ]),
      context(runLine(report)),
      ...(report.kind === 'publish' && all.written > 0 ? [actions([undoButton(report)])] : []),
    ],
  };
}

/** Everybody sees that somebody takes a publication back; its own report follows. */
export function undoBegunMessage({ run, by, org }: { run: string; by: string; org: PublicationOrg }): Message {
  const text = `${plain(by, 80)} undoes publication ${plain(run.slice(0, 8), 40)} in ${whereOf(org)}: every field that nobody has touched since gets back what it had. A report follows.`;
  return { text, blocks: [section(text)] };
}

function undoButton({ id, org }: PublicationReport): Button {
  return {
    ...button('Undo', actionIds.undoPublication, id),
    confirm: {
      title: { type: 'plain_text', text: 'Undo this publication?' },
      text: {
        type: 'plain_text',
        text: `In ${orgInWords({ ...org, name: label(org.name, 80) })} every field that nobody has touched since gets back what it had before.`,
      },
      confirm: { type: 'plain_text', text: 'Undo' },
      deny: { type: 'plain_text', text: 'Keep' },
    },
  };
}

/** Why a publication waits. The plan is kept, and it goes on by itself. */
export function publicationPausedMessage(report: PublicationReport): Message {
  const title = `${what(report)}: ${standing(report)}`;
  const all = reportTotals(report);
  const said = report.reason === null ? '' : plain(asSentence(report.reason), 1500);
  return {
    text: title,
    blocks: [
      section(`*${title}*`),
      ...lineSections([
        ...(said === '' ? [] : [said]),
        `${count(all.written)} of ${count(all.planned)} are written; the plan is kept, and the rest follows from where it stands.`,
      ]),
      context(runLine(report)),
    ],
  };
}

function what({ kind, book, modelVersion, org }: PublicationReport): string {
  return kind === 'undo'
    ? `Undoing a publication of ${plain(book, 60)} in ${whereOf(org)}`
    : `Scores of ${plain(book, 60)} by model ${modelVersion}, to ${whereOf(org)}`;
}

/** The name alone is cut: what an org is must not go with its end. */
function whereOf({ name, setting }: PublicationOrg): string {
  return orgInWords({ name: plain(name, 80), setting });
}

function runLine({ id, calls, by }: PublicationReport): string {
  return `Run \`${plain(id, 60)}\`  ·  ${count(calls)} calls  ·  asked for by ${plain(by, 80)}`;
}

function count(n: number): string {
  return formatNumber(n, 0);
}
