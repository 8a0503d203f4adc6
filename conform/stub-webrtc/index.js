/** In place of the real one, which wants a native build and is not used here: no campaign goes over WebRTC. */
class Missing {
  constructor() {
    throw new Error('there is no WebRTC here');
  }
}

export { Missing as RTCIceCandidate, Missing as RTCPeerConnection, Missing as RTCSessionDescription };
export default {};
