import type { Detector } from "../investigation.ts";

export const detectKey: Detector = () => {};
