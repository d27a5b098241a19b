import type { Detector } from "../investigation.ts";

export const detectBinding: Detector = () => {};
