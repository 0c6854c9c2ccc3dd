import { quoteCrmText } from '../../src/agent/crm-text.ts';
import type { SourcedFigure, ToolContext } from '../../src/agent/define-tool.ts';
import type { Questions } from '../../src/questions/types.ts';
import { dana, fakeQuestions } from '../agent/fake-questions.ts';

/** What a tool is given, with the figures that earlier results returned. */
export function contextOf(figures: readonly SourcedFigure[] = [], questions: Questions = fakeQuestions()): ToolContext {
  return {
    questions,
    asker: dana,
    figure: (reference) => figures.find((figure) => figure.key === reference) ?? null,
    vocabulary: new Map([
      ['ICP', 'the ideal customer profile.'],
      ['evidence grade', 'how far a score may be trusted.'],
    ]),
    quote: quoteCrmText,
  };
}
