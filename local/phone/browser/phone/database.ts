/** The browser database behind the phone's saved files and album. One for all identities; keys carry theirs. */

export function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('phone', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('files', { keyPath: 'key' });
      request.result.createObjectStore('album', { keyPath: 'key' });
    };
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('indexedDB failed'));
    };
  });
}
