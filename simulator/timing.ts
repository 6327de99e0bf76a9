/** How long things take on a virtual dock, in milliseconds. DJI documents no durations: every number is our choice. */
export interface Timing {
  /** A step of a job that is not named in `steps`. */
  readonly stepMs: number
  /** Steps that move something, by `step_key`. */
  readonly steps: Readonly<Record<string, number>>
  /** Between two reports of a job that tells percent only; it tells four. */
  readonly percentMs: number
  /** A job that tells its status only. */
  readonly jobMs: number
  /** How long a dock that reboots is away. */
  readonly rebootMs: number
  /** Preparing, and leaving, a mode of the air conditioner. */
  readonly airConditionerMs: number
  /** How long a dock waits for an answer of the cloud. */
  readonly answerMs: number
  /** Between two messages of osd (documented: 0.5 Hz). */
  readonly osdMs: number
  /** Each step of a flight task on the ground. */
  readonly taskStepMs: number
  /** Vertical way: take-off and landing. */
  readonly climbMs: number
  /** Between two waypoints. */
  readonly legMs: number
  /** Between two progress messages in flight. */
  readonly progressMs: number
  /** Without a heartbeat for so long a dock leaves the drc mode (documented: 60 s). */
  readonly drcSilenceMs: number
  /** Between two heartbeats that the device sends on `drc/up`. */
  readonly heartBeatMs: number
}

/** Short enough for tests, in the proportions of the real thing. */
export const defaultTiming: Timing = {
  stepMs: 100,
  steps: {
    open_cover: 1_500,
    close_cover: 1_500,
    open_drone: 800,
    turn_on_drone: 800,
    close_drone: 800,
    drone_paddle_forward: 300,
    drone_paddle_reverse: 300,
    drone_paddle_stop: 200,
    free_putter: 500,
    close_putter: 500,
    start_charge: 500,
    stop_charge: 300,
    download_firmware: 2_000,
    upgrade_firmware: 4_000,
  },
  percentMs: 300,
  jobMs: 800,
  rebootMs: 5_000,
  airConditionerMs: 3_000,
  answerMs: 5_000,
  osdMs: 2_000,
  taskStepMs: 200,
  climbMs: 4_000,
  legMs: 5_000,
  progressMs: 2_000,
  drcSilenceMs: 60_000,
  heartBeatMs: 1_000,
}

/** How long a step of a job takes. */
export function stepMs(timing: Timing, step: string): number {
  return timing.steps[step] ?? timing.stepMs
}
