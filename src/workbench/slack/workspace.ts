/** The company that the local Slack is for: it is told who and what exists, and makes up nothing itself. */
interface WorkbenchUser {
  id: string;
  /** The handle, without the at sign. */
  name: string;
  realName: string;
  email: string;
  /** The role as shown beside "act as". */
  title: string;
  /** Any CSS colour, for the drawn avatar. */
  color?: string;
  /** IANA name; the first person's zone dates the page. */
  tz?: string;
}

interface WorkbenchChannel {
  id: string;
  name: string;
  purpose: string;
  /** User ids, the app's own bot user id among them if the app has been invited. */
  members: string[];
  isPrivate?: boolean;
}

interface WorkbenchCommand {
  /** With its slash: `/icp`. */
  name: string;
  description: string;
  usageHint: string;
}

export interface SuggestedPrompt {
  title: string;
  message: string;
}

interface WorkbenchApp {
  id: string;
  botUserId: string;
  botName: string;
  commands: WorkbenchCommand[];
  /** Whether the app has a Home tab. */
  home?: boolean;
  /** Shown in the app's direct message until the app sets its own. */
  suggestedPrompts?: SuggestedPrompt[];
  /** Manifest names of the subscribed events, such as `message.channels`; absent means all of them. */
  events?: string[];
  description?: string;
}

interface WorkbenchUsergroup {
  id: string;
  handle: string;
  name: string;
  users: string[];
}

export interface WorkspaceOptions {
  team: { id: string; name: string; domain: string };
  users: WorkbenchUser[];
  channels: WorkbenchChannel[];
  usergroups?: WorkbenchUsergroup[];
  app: WorkbenchApp;
}
