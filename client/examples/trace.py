#!/usr/bin/python3
"""Headwater from Python: who stands behind a claim, and a new voice on it.

    client/examples/generate                                 # the API's modules, into build/python
    client/examples/trace.py huawei-engineers-failed         # print the claim's chain
    client/examples/trace.py huawei-engineers-failed --add rfi --cites ft --document deepseek-huawei

--add puts on record that a source passes the claim on, on the word of another one, before the chain is printed.
"""

import argparse
import os
import pathlib
import sys
import unicodedata
import uuid

MODULES = pathlib.Path(__file__).resolve().parents[2] / "build" / "python"
sys.path.insert(0, os.environ.get("HEADWATER_PYTHON", str(MODULES)))

try:
    import grpc
    from headwater.v1 import attribution_pb2, attribution_service_pb2, attribution_service_pb2_grpc
    from headwater.v1 import provenance_service_pb2, provenance_service_pb2_grpc
except ImportError as error:
    sys.exit(f"{error}: install python3-grpcio and python3-protobuf, and run client/examples/generate first")

TIMEOUT = 30  # seconds


def actor_metadata(actor):
    """Says on whose behalf a change is made. gRPC's text metadata is ASCII; keys that end in "-bin" hold any bytes."""
    if actor.isascii():
        return [("headwater-actor", actor)]
    return [("headwater-actor-bin", unicodedata.normalize("NFC", actor).encode())]


def add(channel, actor, claim, source, cites, document):
    """Puts an attribution on record. The request_id makes it safe to send again after an error."""
    attributions = attribution_service_pb2_grpc.AttributionServiceStub(channel)
    attribution = attribution_pb2.Attribution(
        source=f"sources/{source}",
        document=f"documents/{document}",
        stance=attribution_pb2.STANCE_RELAYS,
        cites=[attribution_pb2.Citation(source=f"sources/{cites}")],
    )
    return attributions.CreateAttribution(
        attribution_service_pb2.CreateAttributionRequest(
            parent=claim, attribution_id=source, attribution=attribution, request_id=str(uuid.uuid4())
        ),
        timeout=TIMEOUT,
        metadata=actor_metadata(actor),
    )


def chain(trace, place=0, above=()):
    """The voice at a place and those on whose word it speaks, nearest first, one line each."""
    voice = trace.voices[place]
    stance = attribution_pb2.Stance.Name(voice.stance).removeprefix("STANCE_").lower() if voice.stance else "cited"
    yield "  " * len(above) + f"{'← ' if above else ''}{voice.display_name} ({stance})"
    for citation in voice.cites:
        if citation.voice >= 0 and citation.voice not in (*above, place):
            yield from chain(trace, citation.voice, (*above, place))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claim", help="the claim's id")
    parser.add_argument("--add", metavar="SOURCE", help="first record that this source passes it on")
    parser.add_argument("--cites", metavar="SOURCE", help="on whose word")
    parser.add_argument("--document", metavar="DOCUMENT", help="as told in this document")
    parser.add_argument("--server", default=os.environ.get("HEADWATER_SERVER", "127.0.0.1:7411"))
    parser.add_argument("--actor", default=os.environ.get("HEADWATER_ACTOR", "trace.py"), help="who records it")
    arguments = parser.parse_args()
    if arguments.add and not (arguments.cites and arguments.document):
        parser.error("--add needs --cites and --document")

    claim = f"claims/{arguments.claim}"
    with grpc.insecure_channel(arguments.server) as channel:
        try:
            if arguments.add:
                made = add(channel, arguments.actor, claim, arguments.add, arguments.cites, arguments.document)
                print(f"recorded {made.name} at sequence {made.sequence}\n")
            provenance = provenance_service_pb2_grpc.ProvenanceServiceStub(channel)
            trace = provenance.TraceClaim(provenance_service_pb2.TraceClaimRequest(name=claim), timeout=TIMEOUT)
        except grpc.RpcError as error:
            sys.exit(f"{error.code().name}: {error.details()}")
    print(trace.text)
    for place, voice in enumerate(trace.voices):
        if voice.distance == 0:
            print("\n".join(chain(trace, place)))


if __name__ == "__main__":
    main()
