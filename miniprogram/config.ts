/**
 * What differs from one deployment to the next, in one place. Nothing secret belongs here: this file ships to every
 * phone. See docs/deployment.md.
 */

/** The cloud environment's id. Null: the environment that WeChat bound to this mini program first. */
export const CLOUD_ENVIRONMENT: string | null = null;

/**
 * Live guidance on the place of the face by WeChat's VisionKit. Off: its documentation says that programs which
 * collect or store face photos must use WeChat's own face verification, so whoever turns it on must have settled
 * that with WeChat first. Without it the camera page guides by light and shaking, and by the outline.
 */
export const FACE_GUIDANCE_ENABLED: boolean = false;

/** Shown where the batch names no telephone number, or none could be loaded; empty: no call button then. */
export const FALLBACK_TELEPHONE = '';
