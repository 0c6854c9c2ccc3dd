import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { UnlearntSet } from '../../icp/analysis-set.ts';
import {
  type FoundAhead,
  type FoundApart,
  type FoundElsewhere,
  findAhead,
  findApart,
} from '../../icp/find-everything.ts';
import { forecastLater, type LaterForecasts } from '../../icp/impact/later-forecasts.ts';
import type { IcpModel } from '../../icp/model.ts';
import type { TrainingSet } from '../../icp/training-set.ts';
import { type PackedTable, packTable, unpackTable } from './packed-columns.ts';

/** How two threads that find together talk: messages, and a bell that the one who waits sleeps by. */
export interface BesideLine {
  port: MessagePort;
  /** One shared number, raised with every answer. */
  bell: Int32Array;
}

type Question = { kind: 'ahead'; set: PackedSet } | { kind: 'apart'; model: IcpModel };
/** The set with its tables packed. No finding reads the landmarks, which are most of its rows: they stay behind. */
type PackedSet = Omit<UnlearntSet, 'training'> & {
  training: Omit<TrainingSet, 'fit' | 'reference' | 'timing'> & {
    fit: Omit<TrainingSet['fit'], 'table'> & { table: PackedTable };
    reference: PackedTable;
  };
};
type Answer =
  | { kind: 'ahead'; found: FoundAhead }
  | { kind: 'forecasts'; found: LaterForecasts | null }
  | { kind: 'apart'; found: FoundApart };

/** Somebody who finds a part of it all in the meantime. */
export interface Beside {
  /** Hands over what is known before the model is learnt. */
  begin(set: UnlearntSet): void;
  /** Hands over the model; what it gives answers when it is asked. */
  learnt(model: IcpModel): FoundElsewhere;
}

/** The findings of another thread, for the thread that learns. It sleeps while it waits, so nothing else may be due in it. */
export function besideThread({ port, bell }: BesideLine): Beside {
  const ask = (question: Question): void => port.postMessage(question);
  const answer = (): Answer => {
    for (;;) {
      const rung = Atomics.load(bell, 0);
      const received: { message: Answer } | undefined = receiveMessageOnPort(port);
      if (received !== undefined) return received.message;
      Atomics.wait(bell, 0, rung);
    }
  };
  const answers: Answer[] = [];
  const wait = <Wanted extends Answer>(isWanted: (one: Answer) => one is Wanted): Wanted => {
    for (;;) {
      const known = answers.find(isWanted);
      if (known !== undefined) return known;
      answers.push(answer());
    }
  };
  return {
    begin: (set) => ask({ kind: 'ahead', set: pack(set) }),
    learnt(model) {
      ask({ kind: 'apart', model });
      return {
        ahead: () => wait((one) => one.kind === 'ahead').found,
        forecasts: () => wait((one) => one.kind === 'forecasts').found,
        apart: () => wait((one) => one.kind === 'apart').found,
      };
    },
  };
}

function pack({ training, accounts, seed }: UnlearntSet): PackedSet {
  const { fit, reference, timing: _, ...rest } = training;
  return {
    training: { ...rest, fit: { ...fit, table: packTable(fit.table) }, reference: packTable(reference) },
    ...{ accounts, seed },
  };
}

function unpack({ training, accounts, seed }: PackedSet): UnlearntSet {
  const { fit, reference, ...rest } = training;
  const none = { features: [], accountIds: [], columns: [] };
  return {
    training: {
      ...rest,
      fit: { ...fit, table: unpackTable(fit.table) },
      timing: { table: none, fitRow: [], landmarkAt: [], won: [] },
      reference: unpackTable(reference),
    },
    ...{ accounts, seed },
  };
}

/** The other end: looks for what it is asked for, one after the other. */
export function answerBeside({ port, bell }: BesideLine): void {
  let unlearnt: UnlearntSet | null = null;
  const answer = (message: Answer): void => {
    port.postMessage(message);
    Atomics.add(bell, 0, 1);
    Atomics.notify(bell, 0);
  };
  port.on('message', (question: Question) => {
    if (question.kind === 'ahead') {
      unlearnt = unpack(question.set);
      answer({ kind: 'ahead', found: findAhead(unlearnt) });
    } else if (unlearnt !== null) {
      const set = { ...unlearnt, model: question.model };
      answer({ kind: 'forecasts', found: forecastLater(set) });
      answer({ kind: 'apart', found: findApart(set) });
    }
  });
}
