"""An application whose OpenAPI document holds an example of every JSON body, built from those of its fields."""

from typing import Any

from fastapi import FastAPI

__all__ = ["DocumentedApi", "example_of"]

JSON = "application/json"


class DocumentedApi(FastAPI):
    """FastAPI with examples that a client can send as they stand."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI document."""
        if self.openapi_schema is None:
            document = super().openapi()
            for operations in document["paths"].values():
                for operation in operations.values():
                    body = operation.get("requestBody", {}).get("content", {}).get(JSON)
                    if body is not None:
                        body["example"] = example_of(body["schema"], document)
        return super().openapi()


def example_of(schema: dict[str, Any], document: dict[str, Any]) -> Any:
    """Return the first example of a schema, or an object of the examples of its fields; None where there is none."""
    if "$ref" in schema:
        return example_of(document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], document)
    if "oneOf" in schema:
        return example_of(schema["oneOf"][0], document)
    if "examples" in schema:
        return schema["examples"][0]
    fields = {name: example_of(field, document) for name, field in schema.get("properties", {}).items()}
    return {name: example for name, example in fields.items() if example is not None} or None
