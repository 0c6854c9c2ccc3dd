/** Every place at which the sending may be cut off: what was done until then is known when it goes on. */
export const faultPoints = [
  'after rows marked',
  'after update',
  'after update recorded',
  'after job asked',
  'after create',
  'after create recorded',
  'after upload',
  'after upload recorded',
  'after close',
  'after close recorded',
  'while polling',
  'after results',
  'between rows recorded',
  'after job recorded',
  'after read back',
  'before finish',
] as const;
export type FaultPoint = (typeof faultPoints)[number];

/** Called at every such place; a test ends the process there. */
export type Fault = (at: FaultPoint) => void | Promise<void>;
