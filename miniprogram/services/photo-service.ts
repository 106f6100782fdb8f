/** The cloud function `photo`: one typed method for each action. Complete by type. */
import { PhotoContract } from '../shared/contract/photo';
import { FunctionClient, action, keyedAction } from './call-function';

const NAME = 'photo';

export const photoService = {
  submit: keyedAction<PhotoContract['submit']>(NAME, 'submit'),
  warm: action<PhotoContract['warm']>(NAME, 'warm'),
} satisfies FunctionClient<PhotoContract>;

/** Starts the models while the person is still reading the rules. Failing at it costs nothing but time. */
export function warmPhotoFunction(): void {
  photoService.warm({}).catch(() => undefined);
}
