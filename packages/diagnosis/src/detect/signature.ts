import type { Detector } from "../investigation.ts";

export const detectSignature: Detector = () => {};
