using Delegation.Contracts.V1;

namespace Delegation.Contracts.Tests;

/// <summary>Documents that the database keeps as JSON, read by another release than the one that wrote them.</summary>
public sealed class Stored_documents
{
    [Fact]
    public void A_field_of_a_newer_release_is_passed_over()
    {
        Assert.Equal(new Product { Code = "SANTE" }, ProtoJson.Read<Product>("""{ "code": "SANTE", "fromTheFuture": { "x": [1] } }"""));
        Assert.Equal([new Product { Code = "SANTE" }], ProtoJson.ReadList<Product>("""[{ "code": "SANTE", "fromTheFuture": true }]"""));
    }

    [Fact]
    public void A_list_is_read_as_it_was_written()
    {
        Product[] products = [new() { Code = "SANTE", Label = "Complémentaire « santé »" }, new()];

        Assert.Equal(products, ProtoJson.ReadList<Product>(ProtoJson.WriteList(products)));
        Assert.Equal("[]", ProtoJson.WriteList([]));
    }
}
