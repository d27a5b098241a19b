import type { Detector } from "../investigation.ts";

export const detectTime: Detector = () => {};
