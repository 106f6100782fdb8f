/**
 * The `wx` object: every function that the phone has, and for every other name a function that throws that
 * name, so that a gap is seen at once and never mistaken for an answer.
 */
import { isBuiltInTag } from '../../built-in-tags';
import { type Phone } from '../phone/phone';
import { throwMissing } from './api';
import { authorizationFunctions } from './authorization';
import { cameraFunctions } from './camera';
import { canvasFunctions } from './canvas';
import { cloudFunctions } from './cloud';
import { deviceFunctions } from './device';
import { dialogFunctions } from './dialogs';
import { fileSystemFunctions } from './file-system';
import { lifeCycleFunctions } from './life-cycle';
import { navigationFunctions } from './navigation';
import { networkFunctions } from './network';
import { pictureFunctions } from './pictures';
import { storageFunctions } from './storage';
import { subscriptionFunctions } from './subscription';
import { systemFunctions } from './system';

export function createWx(phone: Phone): object {
  const functions: Record<string, unknown> = {
    ...navigationFunctions(phone),
    ...storageFunctions(phone),
    ...dialogFunctions(phone),
    ...systemFunctions(phone),
    ...lifeCycleFunctions(phone),
    ...authorizationFunctions(phone),
    ...deviceFunctions(phone),
    ...fileSystemFunctions(phone),
    ...pictureFunctions(phone),
    ...cameraFunctions(phone),
    ...canvasFunctions(phone),
    ...networkFunctions(phone),
    ...cloudFunctions(phone),
    ...subscriptionFunctions(phone),
  };
  functions['canIUse'] = (schema: string) => {
    const [name = ''] = schema.split('.');
    return name in functions || isBuiltInTag(name);
  };
  return throwMissing('wx', functions);
}
