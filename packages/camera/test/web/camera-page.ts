import { CAMERA } from '@buergerkoffer/camera';
import { openBrowserCamera } from '@buergerkoffer/camera/web';
import { firstValueFrom } from 'rxjs';

/** What the page can be asked to do; its answers are plain data. */
const page = {
  kind: CAMERA.id,
  /** Opens the camera that the browser was started with, looks at a frame, takes a photo, closes. */
  shoot: async () => {
    const camera = await openBrowserCamera();
    const { capabilities, info } = camera;
    const frame = await firstValueFrom(camera.preview());
    let size: readonly number[] = [];
    await camera.capture().forEach((event) => {
      if (event.type === 'captured') size = [event.photo.widthPx, event.photo.heightPx];
    });
    await camera.close();
    return {
      capabilities,
      model: info.model,
      frame: [frame.widthPx, frame.heightPx, frame.bytes[0], frame.bytes[1]],
      photo: size,
    };
  },
  /** How opening it fails. */
  refusal: () =>
    openBrowserCamera().then(
      () => 'opened',
      (error: unknown) => (error as { message: string }).message,
    ),
};

/** The functions of the page. */
export type Page = typeof page;

Object.assign(globalThis, { page });
