/**
 * Small values that survive the mini program's end. What is read back is checked: an older version may have written
 * it. Refuses pictures (see `kept-files.ts`).
 */

/** The stored value, or null where there is none or `isValid` does not know its shape. */
export function readStored<Value>(key: string, isValid: (value: unknown) => value is Value): Value | null {
  try {
    const value: unknown = wx.getStorageSync(key);
    return isValid(value) ? value : null;
  } catch {
    // A damaged entry is as good as none.
    return null;
  }
}

/** Writes at once, so that a kill in the next moment loses nothing. Returns false where the phone has no room. */
export function writeStored(key: string, value: object | string | number | boolean): boolean {
  try {
    wx.setStorageSync(key, value);
    return true;
  } catch {
    return false;
  }
}

/** The keys of everything that is stored under a prefix. */
export function storedKeys(prefix: string): string[] {
  return wx.getStorageInfoSync().keys.filter((key) => key.startsWith(prefix));
}

export function removeStored(key: string): void {
  try {
    wx.removeStorageSync(key);
  } catch {
    // Nothing to remove.
  }
}
