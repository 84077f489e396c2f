/** Thrown when this machine cannot run the experiment. The claim is reported as not measured, not as failed. */
export class NotMeasured extends Error {}
