import type { CrmCell } from './diff-values.ts';
