import type { App } from '@slack/bolt';
import type { Desk } from '../desk.ts';
import { onIcpCommand } from './commands/icp.ts';

/** Every listener of the app, in one place; what is not here is not heard. */
export function registerListeners(app: App, desk: Desk): void {
  onIcpCommand(app, desk);
}
