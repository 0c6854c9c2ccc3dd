import { asObject, asObjects, asText, type JsonObject } from './json.ts';
import type { State } from './state.ts';

/** A modal or a Home tab that the app has put before a person. */
export interface OpenView {
  id: string;
  user: string;
  kind: 'modal' | 'home';
  /** As the app gave it: title, blocks, submit, private_metadata and so on. */
  given: JsonObject;
  hash: string;
  rootId: string;
  previousId?: string;
  /** What the person has filled in, by block and action. */
  values: { [blockId: string]: { [actionId: string]: JsonObject } };
  /** Messages beside inputs, by block id, after a refused submission. */
  errors: { [blockId: string]: string };
  version: number;
}

export interface Views {
  byId: Map<string, OpenView>;
  /** The modals a person sees, the top one last. */
  stack(user: string): OpenView[];
  home(user: string): OpenView | undefined;
  add(user: string, kind: 'modal' | 'home', given: JsonObject, previous?: OpenView): OpenView;
  replace(view: OpenView, given: JsonObject): void;
  remove(view: OpenView): void;
}

/** Modals in a stack and one Home for each person. */
export function createViews(state: State): Views {
  const byId = new Map<string, OpenView>();
  const ofUser = (user: string, kind: OpenView['kind']) =>
    [...byId.values()].filter((view) => view.user === user && view.kind === kind);
  return {
    byId,
    stack: (user) => ofUser(user, 'modal'),
    home: (user) => ofUser(user, 'home').at(-1),
    add(user, kind, given, previous) {
      const id = state.ids.next('V');
      const view: OpenView = {
        id,
        user,
        kind,
        given,
        hash: `${state.ids.timestamp()}.${id.slice(-4)}`,
        rootId: previous?.rootId ?? id,
        values: {},
        errors: {},
        version: 0,
        ...(previous ? { previousId: previous.id } : {}),
      };
      byId.set(id, view);
      state.touch();
      return view;
    },
    replace(view, given) {
      view.given = given;
      view.values = keptValues(view);
      view.hash = `${state.ids.timestamp()}.${view.id.slice(-4)}`;
      view.errors = {};
      view.version += 1;
      state.touch();
    },
    remove(view) {
      byId.delete(view.id);
      state.touch();
    },
  };
}

/** What was filled in stays where block and action are still there; the rest goes with its field. @see https://docs.slack.dev/surfaces/modals#updating_views */
function keptValues({ given, values }: OpenView): OpenView['values'] {
  const kept: OpenView['values'] = {};
  for (const block of asObjects(given.blocks)) {
    const id = asText(block.block_id);
    const elements = [...asObjects(block.elements), asObject(block.accessory), asObject(block.element)];
    const held = Object.entries(values[id] ?? {}).filter(([action]) =>
      elements.some((element) => element.action_id === action),
    );
    if (held.length > 0) kept[id] = Object.fromEntries(held);
  }
  return kept;
}

/** The state of a view as it travels: inputs that nobody has touched hold what they began with. */
function wireValues({ given, values }: OpenView): JsonObject {
  const state: JsonObject = {};
  for (const block of asObjects(given.blocks)) {
    const element = asObject(block.element);
    if (block.type !== 'input') continue;
    state[asText(block.block_id)] = {
      [asText(element.action_id)]: { type: element.type ?? '', ...initiallyHeld(element) },
    };
  }
  return { ...state, ...values };
}

function initiallyHeld(element: JsonObject): JsonObject {
  switch (asText(element.type)) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { selected_option: element.initial_option ?? null };
    case 'multi_static_select':
    case 'checkboxes':
      return { selected_options: element.initial_options ?? [] };
    case 'datepicker':
      return { selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { selected_time: element.initial_time ?? null };
    default:
      return { value: element.initial_value ?? null };
  }
}

/** A view as methods answer it and as interactions carry it. @see `ViewOutput` in @slack/bolt */
export function wireView(state: State, view: OpenView): JsonObject {
  const { app, team } = state.workspace;
  return {
    id: view.id,
    team_id: team.id,
    app_id: app.id,
    app_installed_team_id: team.id,
    bot_id: `B${app.botUserId.slice(1)}`,
    type: view.kind,
    title: view.given.title ?? null,
    submit: view.given.submit ?? null,
    close: view.given.close ?? null,
    blocks: view.given.blocks ?? [],
    private_metadata: view.given.private_metadata ?? '',
    callback_id: view.given.callback_id ?? '',
    external_id: view.given.external_id ?? '',
    clear_on_close: view.given.clear_on_close ?? false,
    notify_on_close: view.given.notify_on_close ?? false,
    state: { values: wireValues(view) },
    hash: view.hash,
    root_view_id: view.rootId,
    previous_view_id: view.previousId ?? null,
  };
}
