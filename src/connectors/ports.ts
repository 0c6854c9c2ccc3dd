import type { BundleRecord } from '../icp/records.ts';
import type { FeatureType, Layer, TimeKind } from '../icp/types.ts';

/** What a source says about one of its columns: where it belongs and how to read it. */
export interface FieldDeclaration {
  field: string;
  layer: Layer;
  type: FeatureType | 'list';
  /** Why the column is not to be used, where a person left it out. */
  leftOut: string | null;
  label?: string;
}

/** A row that could not be used, with everything a person needs to find and mend it. */
export interface SetAside {
  file: string;
  /** Line in the file, the header being line 1. */
  line: number;
  reason: string;
  /** The start of the row, at most 200 characters, without control characters. */
  excerpt: string;
}

/** One row of a file: the records that it yields, or why it was set aside (both, where part of a row is usable). */
export interface SourceRow {
  line: number;
  records: readonly BundleRecord[];
  setAside: readonly SetAside[];
}

/** One file of a source, read from the start or from behind the row where an earlier run stopped. */
export interface SourceFile {
  name: string;
  /** Rows in file order; skips the first `after` rows without parsing them into records. */
  rows(options: { after: number }): AsyncIterable<SourceRow>;
}

/** What the engine asks of a connector that reads. */
export interface Source {
  /** The book of business that it feeds; accounts of two books are never pooled. */
  book: string;
  /** In words, for messages: `bundle DIR`. */
  label: string;
  timeKind: TimeKind;
  /** The day that the source tells of, where it is a snapshot of the past. `null`: it tells of now. */
  clock?: number | null;
  /** Same bytes in, same hash: an import that was cut off is taken up again, a finished one is not repeated. */
  contentHash: string;
  fields: readonly FieldDeclaration[];
  /** Accounts first, then what refers to them. */
  files: readonly SourceFile[];
  /** Rows to come, as far as known, for the progress bar. */
  estimatedRows: number | null;
}
