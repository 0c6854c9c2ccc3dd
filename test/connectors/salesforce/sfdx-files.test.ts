import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { sfdxFiles } from '../../../src/connectors/salesforce/sfdx-files.ts';
import { overrideFields, publishedFields } from '../../../src/icp/publishing/published-fields.ts';

const folder = resolve(import.meta.dirname, '../../../salesforce');
const files = sfdxFiles();
const permissions = files.get('force-app/main/default/permissionsets/Lodestar.permissionset-meta.xml') ?? '';

describe('the folder salesforce', () => {
  it('is what is written from the published fields; node salesforce/write-fields.ts writes it', () => {
    const found = globSync(['sfdx-project.json', 'force-app/**/*.xml'], { cwd: folder }).map((file) =>
      file.replaceAll('\\', '/'),
    );
    assert.deepEqual(found.sort(), [...files.keys()].sort());
    for (const [path, text] of files) assert.equal(readFileSync(join(folder, path), 'utf8'), text, path);
  });

  it('lets Lodestar write its own fields, read those that people own, and change nothing of the org', () => {
    const editable = (object: string, name: string) =>
      new RegExp(`<editable>(\\w+)</editable>\\s*<field>${object}\\.${name}</field>\\s*<readable>true</readable>`).exec(
        permissions,
      )?.[1];
    for (const object of ['Account', 'Lead', 'Contact']) {
      for (const { name } of publishedFields) assert.equal(editable(object, name), 'true', `${object}.${name}`);
      for (const { name } of overrideFields) assert.equal(editable(object, name), 'false', `${object}.${name}`);
    }
    assert.deepEqual(
      [...permissions.matchAll(/<name>(\w+)<\/name>/g)].map(([, name]) => name),
      ['ApiEnabled'],
    );
    assert.doesNotMatch(permissions, /<allow(?:Create|Delete)>true|<modifyAllRecords>true/);
  });

  it('says of the day of a score that it is the day of its last change here', () => {
    for (const object of ['Account', 'Lead', 'Contact']) {
      const text = files.get(`force-app/main/default/objects/${object}/fields/ICP_Scored_At__c.field-meta.xml`) ?? '';
      assert.match(text, /<inlineHelpText>When the score .*last changed here, not when it was last looked at\.</);
    }
  });

  it('is well-formed: every tag that opens is closed, in order', () => {
    for (const [path, text] of files) {
      if (!path.endsWith('.xml')) continue;
      const open: string[] = [];
      for (const [, slash, name = ''] of text.matchAll(/<(\/?)([A-Za-z]\w*)[^>]*>/g))
        if (slash === '') open.push(name);
        else assert.equal(open.pop(), name, path);
      assert.deepEqual(open, [], path);
    }
  });

  it('never restricts a picklist, so that a tier can be added', () => {
    const restricted = [...files.values()].flatMap((text) =>
      [...text.matchAll(/<restricted>(\w+)</g)].map(([, is]) => is),
    );
    assert.deepEqual(new Set(restricted), new Set(['false']));
  });
});
