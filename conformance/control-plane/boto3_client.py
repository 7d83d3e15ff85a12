"""Carries out operations of apigatewayv2 by boto3.

Takes an operation and its parameters as JSON from each line of standard input, and gives the outcome as JSON on a line of
standard output. With a "pageSize" the operation is a list, which boto3's paginator reads to its end. The only argument is
the endpoint.
"""

import json
import sys

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError


def list_all(client, operation, parameters, page_size):
    pages = client.get_paginator(xform_name(operation)).paginate(**parameters, PaginationConfig={"PageSize": page_size})
    return {"kind": "answered", "status": 200, "output": pages.build_full_result()}


def carry_out(client, operation, parameters):
    try:
        answer = getattr(client, xform_name(operation))(**parameters)
        status = answer.pop("ResponseMetadata")["HTTPStatusCode"]
        return {"kind": "answered", "status": status, "output": answer}
    except ClientError as error:
        answer = error.response
        details = {name: answer[name] for name in ("ResourceType", "LimitType") if name in answer}
        return {
            "kind": "refused",
            "status": answer["ResponseMetadata"]["HTTPStatusCode"],
            "code": answer["Error"]["Code"],
            "details": {"Message": answer["Error"]["Message"], **details},
        }


def main():
    client = boto3.client(
        "apigatewayv2",
        endpoint_url=sys.argv[1],
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
        # What is wrong is for the server to say.
        config=Config(parameter_validation=False, retries={"total_max_attempts": 1}),
    )
    for line in sys.stdin:
        request = json.loads(line)
        arguments = (client, request["operation"], request["input"])
        outcome = list_all(*arguments, request["pageSize"]) if "pageSize" in request else carry_out(*arguments)
        # Only timestamps are no JSON.
        print(json.dumps(outcome, default=lambda time: time.strftime("%Y-%m-%dT%H:%M:%SZ")), flush=True)


main()
