import type { CommandName } from './enrolment-command.js';
import { currentDevice, openTask, type EnrolmentState } from './enrolment-state.js';

/** The commands that the operator can give now (TR-03121-2-2, 8.4.3). */
export function allowedCommands(state: EnrolmentState): readonly CommandName[] {
  const task = openTask(state);
  const fallback: readonly CommandName[] =
    task?.target.slap === undefined ? [] : ['UseSingleFingerAcquisitionFallback'];
  switch (state.phase.type) {
    case 'without-device':
      return ['Cancel'];
    case 'selecting-missing-fingers':
      return ['SelectMissingFingers', 'Cancel'];
    case 'capturing':
      return [
        ...(takesManually(state) ? (['Capture'] as const) : []),
        ...fallback,
        ...(task?.attempts.length === 0 ? (['SelectMissingFingers'] as const) : []),
        'Cancel',
      ];
    case 'assessing':
      return ['Continue', 'Discard', 'DiscardAll', ...fallback, 'Cancel'];
    case 'finished':
      return [];
    default:
      return state.phase satisfies never;
  }
}

/** Whether the operator can force a capture: with a scanner that can, while its live image is shown. */
function takesManually(state: EnrolmentState): boolean {
  const device = currentDevice(state);
  return device !== undefined && device.manualCapture && device.liveImage;
}
