import { Command } from 'commander';
import type { Run } from '../command.js';
import { enrolCommand } from './finger/enrol.js';
import { matchCommand } from './finger/match.js';
import { minutiaeCommand } from './finger/minutiae.js';
import { modelCommand } from './finger/model.js';
import { qualityCommand } from './finger/quality.js';
import { fingerRecordCommand } from './finger/record.js';
import { segmentCommand } from './finger/segment.js';
import { wsqCommand } from './finger/wsq.js';

/** `koffer finger`: what can be done with fingerprints. */
export function fingerCommand(run: Run): Command {
  return new Command('finger')
    .description('Fingerprints: enrolment, quality, segmentation, minutiae, comparison, WSQ, records')
    .addCommand(enrolCommand(run))
    .addCommand(qualityCommand(run))
    .addCommand(segmentCommand(run))
    .addCommand(minutiaeCommand(run))
    .addCommand(matchCommand(run))
    .addCommand(modelCommand(run))
    .addCommand(wsqCommand(run))
    .addCommand(fingerRecordCommand(run));
}
