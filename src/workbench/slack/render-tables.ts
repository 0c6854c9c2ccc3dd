import { attributes, escapeHtml } from './html.ts';
import { asObject, asObjects, asText, type JsonObject } from './json.ts';
import { plain } from './render-elements.ts';

/** Tables of both kinds; the first row is the head. @see https://docs.slack.dev/reference/block-kit/blocks/table-block */
export function renderTable(block: JsonObject, drawRichText: (cell: JsonObject) => string): string {
  const rows = (Array.isArray(block.rows) ? block.rows : []).map((row) => asObjects(row));
  const settings = asObjects(block.column_settings);
  const caption = asText(block.caption) || plain(block.caption);
  const [head = [], ...body] = rows.map((row, r) =>
    row.map((cell, c) => {
      const align = asText(asObject(settings[c]).align) || (cell.type === 'raw_number' ? 'right' : 'left');
      const tag = r === 0 ? 'th' : 'td';
      return `<${tag}${attributes({ class: `align-${align}` })}>${renderCell(cell, drawRichText)}</${tag}>`;
    }),
  );
  const line = (cells: string[]) => `<tr>${cells.join('')}</tr>`;
  return `<div class="table-scroll" tabindex="0" role="region" aria-label="Table"><table>${
    caption ? `<caption>${escapeHtml(caption)}</caption>` : ''
  }<thead>${line(head)}</thead><tbody>${body.map(line).join('')}</tbody></table></div>`;
}

function renderCell(cell: JsonObject, drawRichText: (cell: JsonObject) => string): string {
  if (cell.type === 'rich_text') return drawRichText(cell);
  return escapeHtml(asText(cell.text) || asText(cell.value));
}
