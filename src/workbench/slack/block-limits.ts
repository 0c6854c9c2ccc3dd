import { asObjects, asText, isObject, type JsonObject } from './json.ts';

/**
 * Checks blocks as Slack does before it takes a message or a view.
 *
 * Each problem ends with a JSON pointer, in the form that Slack puts into `response_metadata.messages`:
 * `[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]`. No problems, no messages.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks the limits, page by page
 */
export function checkBlocks(blocks: unknown, surface: 'message' | 'view' = 'message', at = '/blocks'): string[] {
  if (!Array.isArray(blocks)) return [problem(at, 'must be an array of blocks')];
  const problems: string[] = [];
  const most = surface === 'message' ? 50 : 100;
  if (blocks.length > most) problems.push(problem(at, `no more than ${most} items allowed`));
  const blockIds = new Set<string>();
  for (const [i, block] of blocks.entries()) {
    const here = `${at}/${i}`;
    if (!isObject(block)) {
      problems.push(problem(here, 'must be an object'));
      continue;
    }
    const id = asText(block.block_id);
    if (id.length > 255) problems.push(problem(`${here}/block_id`, 'must be less than 256 characters'));
    if (id && blockIds.has(id)) problems.push(problem(`${here}/block_id`, `block_id "${id}" already exists`));
    blockIds.add(id);
    problems.push(...checkBlock(block, here));
  }
  problems.push(...checkTogether(blocks.filter(isObject), at));
  return problems;
}

function checkBlock(block: JsonObject, at: string): string[] {
  switch (block.type) {
    case 'section':
      return checkSection(block, at);
    case 'header':
      return checkText(block.text, `${at}/text`, 150, ['plain_text']);
    case 'context':
      return [
        ...checkCount(block.elements, `${at}/elements`, 1, 10),
        ...asObjects(block.elements).flatMap((element, i) =>
          element.type === 'image'
            ? checkImage(element, `${at}/elements/${i}`)
            : checkText(element, `${at}/elements/${i}`, 3000),
        ),
      ];
    case 'actions':
      return [...checkCount(block.elements, `${at}/elements`, 1, 25), ...checkElements(block, at)];
    case 'context_actions':
      return [...checkCount(block.elements, `${at}/elements`, 1, 5), ...checkElements(block, at)];
    case 'image':
      return checkImage(block, at);
    case 'input':
      return [
        ...checkText(block.label, `${at}/label`, 2000, ['plain_text']),
        ...(isObject(block.element)
          ? checkElement(block.element, `${at}/element`)
          : [problem(`${at}/element`, 'missing required field: element')]),
      ];
    case 'markdown':
      return checkLength(block.text, `${at}/text`, 12_000);
    case 'table':
      return checkTable(block, at, 100);
    case 'data_table':
      return [...checkLength(block.caption, `${at}/caption`, 2000), ...checkTable(block, at, 101)];
    default:
      return KNOWN.has(asText(block.type)) ? [] : [problem(at, `unsupported type: ${asText(block.type) || 'none'}`)];
  }
}

const KNOWN = new Set(
  'alert card carousel container data_visualization divider file plan rich_text task_card video'.split(' '),
);

function checkSection(block: JsonObject, at: string): string[] {
  const problems: string[] = [];
  if (block.text === undefined && block.fields === undefined) {
    problems.push(problem(at, 'missing required field: text or fields'));
  }
  if (block.text !== undefined) problems.push(...checkText(block.text, `${at}/text`, 3000));
  if (block.fields !== undefined) {
    problems.push(...checkCount(block.fields, `${at}/fields`, 1, 10));
    for (const [i, field] of asObjects(block.fields).entries()) {
      problems.push(...checkText(field, `${at}/fields/${i}`, 2000));
    }
  }
  if (isObject(block.accessory)) problems.push(...checkElement(block.accessory, `${at}/accessory`));
  return problems;
}

function checkElements(block: JsonObject, at: string): string[] {
  const seen = new Set<string>();
  return asObjects(block.elements).flatMap((element, i) => {
    const here = `${at}/elements/${i}`;
    const id = asText(element.action_id);
    const twice = id && seen.has(id) ? [problem(`${here}/action_id`, `action_id "${id}" already exists`)] : [];
    seen.add(id);
    return [...twice, ...checkElement(element, here)];
  });
}

function checkElement(element: JsonObject, at: string): string[] {
  const problems: string[] = [];
  if (asText(element.action_id).length > 255) {
    problems.push(problem(`${at}/action_id`, 'must be less than 256 characters'));
  }
  if (element.type === 'image') problems.push(...checkImage(element, at));
  if (element.type === 'button') {
    problems.push(...checkText(element.text, `${at}/text`, 75, ['plain_text']));
    if (element.value !== undefined) problems.push(...checkLength(element.value, `${at}/value`, 2000, 0));
    if (element.url !== undefined) problems.push(...checkLength(element.url, `${at}/url`, 3000));
    if (element.style !== undefined && !['primary', 'danger'].includes(asText(element.style))) {
      problems.push(problem(`${at}/style`, 'must be one of primary, danger'));
    }
  }
  if (element.options !== undefined) {
    const most =
      element.type === 'overflow' ? 5 : ['checkboxes', 'radio_buttons'].includes(asText(element.type)) ? 10 : 100;
    problems.push(...checkCount(element.options, `${at}/options`, 1, most));
    for (const [i, option] of asObjects(element.options).entries()) {
      problems.push(...checkText(option.text, `${at}/options/${i}/text`, 75));
      problems.push(...checkLength(option.value, `${at}/options/${i}/value`, 150));
    }
  }
  return problems;
}

/** "alt_text" is required, and either a url or a file. @see https://docs.slack.dev/reference/block-kit/blocks/image-block */
function checkImage(image: JsonObject, at: string): string[] {
  const problems = checkLength(image.alt_text, `${at}/alt_text`, 2000);
  const file = isObject(image.slack_file) ? image.slack_file : undefined;
  const hasFile = file !== undefined && Boolean(asText(file.id) || asText(file.url));
  if (!asText(image.image_url) && !hasFile) {
    problems.push(problem(at, 'missing required field: image_url or slack_file'));
  }
  if (asText(image.image_url).length > 3000)
    problems.push(problem(`${at}/image_url`, 'must be less than 3001 characters'));
  if (image.title !== undefined) problems.push(...checkText(image.title, `${at}/title`, 2000, ['plain_text']));
  return problems;
}

/** Cells may not be empty (vercel/chat changelog: an empty table cell answers invalid_blocks). */
function checkTable(block: JsonObject, at: string, mostRows: number): string[] {
  const rows = Array.isArray(block.rows) ? block.rows : [];
  const problems = checkCount(rows, `${at}/rows`, 1, mostRows);
  for (const [r, row] of rows.entries()) {
    problems.push(...checkCount(row, `${at}/rows/${r}`, 1, 20));
    for (const [c, cell] of asObjects(row).entries()) {
      if (cell.type === 'raw_text') problems.push(...checkLength(cell.text, `${at}/rows/${r}/${c}/text`, 10_000));
    }
  }
  return problems;
}

/** Limits over all blocks of a message. */
function checkTogether(blocks: JsonObject[], at: string): string[] {
  const problems: string[] = [];
  if (blocks.filter((block) => block.type === 'table').length > 1) {
    problems.push(problem(at, 'only one table block allowed'));
  }
  if (blocks.filter((block) => block.type === 'data_visualization').length > 2) {
    problems.push(problem(at, 'no more than 2 data_visualization blocks allowed'));
  }
  const markdown = blocks.filter((block) => block.type === 'markdown').map((block) => asText(block.text).length);
  if (markdown.reduce((sum, length) => sum + length, 0) > 12_000) {
    problems.push(problem(at, 'markdown blocks must be less than 12001 characters together'));
  }
  return problems;
}

function checkText(text: unknown, at: string, most: number, types = ['plain_text', 'mrkdwn']): string[] {
  if (!isObject(text)) return [problem(at, 'missing required field: text')];
  const wrong = types.includes(asText(text.type)) ? [] : [problem(`${at}/type`, `must be one of ${types.join(', ')}`)];
  return [...wrong, ...checkLength(text.text, `${at}/text`, most)];
}

function checkLength(value: unknown, at: string, most: number, least = 1): string[] {
  if (typeof value !== 'string') return [problem(at, 'must be a string')];
  if (value.length < least) return [problem(at, `must be more than ${least - 1} characters`)];
  return value.length > most ? [problem(at, `must be less than ${most + 1} characters`)] : [];
}

function checkCount(value: unknown, at: string, least: number, most: number): string[] {
  const count = Array.isArray(value) ? value.length : 0;
  if (count < least) return [problem(at, `no fewer than ${least} items allowed`)];
  return count > most ? [problem(at, `no more than ${most} items allowed`)] : [];
}

function problem(at: string, what: string): string {
  return `[ERROR] ${what} [json-pointer:${at}]`;
}
