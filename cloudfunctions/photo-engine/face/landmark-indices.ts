/**
 * Names for the landmarks that the checks and the framing look at. "Left" and "right" are the sides of
 * the picture. Numbers are MediaPipe's (face_mesh_connections.py and the canonical face model UV map in
 * google-ai-edge/mediapipe, modules/face_geometry/data); the contours come from attention-landmarks.ts.
 */

/** Corners: on the picture's left eye outer 33, inner 133; on its right inner 362, outer 263. */
export const LEFT_EYE_CORNERS = { outer: 33, inner: 133 } as const;
export const RIGHT_EYE_CORNERS = { outer: 263, inner: 362 } as const;

/** Lid points above each other, from the outer to the inner side: [upper, lower]. */
export const LEFT_LID_PAIRS = [[160, 144], [159, 145], [158, 153]] as const; // prettier-ignore
export const RIGHT_LID_PAIRS = [[387, 373], [386, 374], [385, 380]] as const; // prettier-ignore

/** The closed contour of each eye's lids. */
export const LEFT_LID_CONTOUR = [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246] as const; // prettier-ignore
export const RIGHT_LID_CONTOUR = [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466] as const; // prettier-ignore

/** Centre, then right, top, left and bottom edge of each iris. */
export const LEFT_IRIS = [468, 469, 470, 471, 472] as const;
export const RIGHT_IRIS = [473, 474, 475, 476, 477] as const;

/** The closed outline of each brow (upper edge outwards in, then lower edge back). */
export const LEFT_BROW = [70, 63, 105, 66, 107, 55, 65, 52, 53, 46] as const;
export const RIGHT_BROW = [300, 293, 334, 296, 336, 285, 295, 282, 283, 276] as const;

/** Inner lip points above each other: left of the middle, middle, right of it ([upper, lower]). */
export const INNER_LIP_PAIRS = [[81, 178], [13, 14], [311, 402]] as const; // prettier-ignore
/** The closed contour where the lips meet: lower from left to right, upper back. */
export const INNER_LIPS = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191] as const; // prettier-ignore
/** The closed outer contour of the lips. */
export const OUTER_LIPS = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185] as const; // prettier-ignore
export const MOUTH_CORNERS = { left: 61, right: 291 } as const;

/** The face's outline, clockwise in the picture from the middle of the forehead (10) over the chin (152). */
export const FACE_OVAL = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
  172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
] as const; // prettier-ignore
/** The outline without the forehead: from ear to ear around the chin. */
export const JAW_LINE = [454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234] as const; // prettier-ignore

export const CHIN = 152;
export const NOSE_TIP = 1;
/** Where the face meets the ears: the widest part of a frontal face. */
export const CHEEK_EDGES = { left: 234, right: 454 } as const;
/** The middle of each cheek, below the eye and beside the nose. */
export const CHEEK_CENTRES = { left: 50, right: 280 } as const;
/** The cheek beside the mouth, and right below the eye. */
export const CHEEKS_BESIDE_MOUTH = { left: 205, right: 425 } as const;
export const CHEEKS_BELOW_EYES = { left: 101, right: 330 } as const;
/** The forehead above the inner end of each brow. */
export const ABOVE_BROWS = { left: 108, right: 337 } as const;
