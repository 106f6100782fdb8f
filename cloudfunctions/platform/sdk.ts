/**
 * The only import of wx-server-sdk. Everything else in the functions talks to the cloud through the files
 * beside this one, so the traps of the SDK are met (and explained) in one folder.
 */
import * as cloud from 'wx-server-sdk';

let initialised = false;

/** The SDK, initialised on first use with the environment the function runs in. */
export function sdk(): typeof cloud {
  if (!initialised) {
    cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV as unknown as string });
    initialised = true;
  }
  return cloud;
}
