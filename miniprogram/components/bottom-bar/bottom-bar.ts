/** Keeps the page's main action in reach of the thumb, above the phone's own bar. */
Component({ options: { styleIsolation: 'apply-shared' } });
