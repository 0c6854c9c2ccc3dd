import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { boxTruthFile } from '../../compose/box/company-in-a-box.ts';
import { IcpError } from '../../errors.ts';
import { gradeFindings } from '../../grade/grade-findings.ts';
import { gradeTable } from '../../grade/grade-table.ts';
import { gradedParts } from '../../grade/graded-parts.ts';
import { readTruth } from '../../grade/truth.ts';
import { bookOf, currentPin } from '../../questions/pin.ts';
import { findingsAt } from '../../store/findings.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption } from '../reading.ts';

export const grade: Command = {
  name: 'grade',
  options: [
    {
      flags: '--truth <file>',
      description: 'the answer key that demo wrote; that of the company in a box when not given',
    },
    bookFlag,
  ],
  async run({ store, config }, { out, options, cwd }) {
    const file = typeof options.truth === 'string' ? resolve(cwd, options.truth) : boxTruthFile(config.dataDir);
    const truth = readTruth(await readJson(file));
    const pin = await currentPin(store, await bookOf(store, bookOption(options).book));
    const kept = await findingsAt(store, { book: pin.book.name, importId: pin.importId, asOf: pin.asOf });
    if (kept === null) throw new IcpError('no_findings', 'grade requires findings, found none; run lodestar analyze');
    const graded = gradeFindings(truth, gradedParts(pin.model.model, kept.findings));
    out.answer(graded, gradeTable(graded));
  },
};

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new IcpError(
      'no_truth',
      `grade requires the answer key of a planted market, and ${file} cannot be read; lodestar demo writes one beside its market, to be named with --truth`,
      { cause },
    );
  }
}
