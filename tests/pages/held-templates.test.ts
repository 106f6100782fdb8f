/** Every template shows what takes nothing while a step that changes something is under way. */
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';

describe.each(['pages', 'operator'])('every field of the templates in %s', (root) => {
  const folder = join(__dirname, '../../miniprogram', root);
  const templates = readdirSync(folder)
    .map((name) => join(folder, name, `${name}.wxml`))
    .filter((path) => existsSync(path));

  it.each(templates.map((path) => [path.split('/').at(-1)!, path]))('is held in %s', (_, path) => {
    const template = readFileSync(path, 'utf8');
    for (const [field] of template.matchAll(
      /<(?:check-row|choice-group|id-tail-field|text-field)\b(?:"[^"]*"|[^">])*>/g,
    ))
      expect(field).toContain('held="{{held}}"');
    for (const [input] of template.matchAll(/<(?:input|textarea)\b(?:"[^"]*"|[^">])*>/g))
      expect(input).toContain('disabled="{{held}}"');
  });
});

describe('the review queue', () => {
  const template = readFileSync(join(__dirname, '../../miniprogram/operator/review/review.wxml'), 'utf8');

  // A decision beside another one would be about a photo that is no longer on the screen.
  it.each(['onUndo', 'onAccept', 'onReject', 'onSkip', 'onSendRejection', 'onCancelReject'])(
    'takes no %s while a decision or the next photo is under way',
    (handler) => {
      const [button] = template.match(new RegExp(`<action-button[^>]*bind:press="${handler}"`)) ?? [];
      expect(button).toContain('held="{{held}}"');
    },
  );
});
