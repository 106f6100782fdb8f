/** The outline into which the head and shoulders belong, drawn from the kernel's geometry for this view and batch. */
import { SHOOT_WORDS } from '../../copy/shoot-words';
import { PhotoSettings, photoStandardFor } from '../../shared/photo-standard/photo-standard';
import { overlayFor } from '../../shared/framing/overlay';
import { outlinePicture } from './outline-picture';

interface OutlineProperties {
  readonly width: number;
  readonly height: number;
  readonly settings: PhotoSettings | null;
  readonly ready: boolean;
}

Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** The view's size in px. */
    width: { type: Number, value: 0 },
    height: { type: Number, value: 0 },
    /** The batch's photo settings, or null for the standard ones. */
    settings: { type: Object, value: null },
    /** Everything fits: the outline becomes a full line. */
    ready: { type: Boolean, value: false },
  },
  data: { picture: '', label: SHOOT_WORDS.outline },
  observers: {
    'width, height, settings, ready'() {
      this.draw();
    },
  },
  methods: {
    draw() {
      const { width, height, settings, ready } = this.data as unknown as OutlineProperties;
      if (!(width > 0 && height > 0)) return;
      const standard = photoStandardFor(settings ?? undefined);
      this.setData({
        picture: outlinePicture(overlayFor(standard, { width, height }), { width, height }, ready),
      });
    },
  },
});
