using Grpc.Core;

namespace Delegation.Interop.Tests.StandIns;

/// <summary>What headers and trailers may hold, and how they are found.</summary>
public sealed class MetadataTests
{
    [Fact]
    public void A_key_is_lowered_and_found_in_any_case()
    {
        var metadata = new Metadata { { "Request-ID", "7" } };

        Assert.Equal("request-id", metadata[0].Key);
        Assert.Equal("7", metadata.GetValue("REQUEST-id"));
        Assert.Null(metadata.Get("other"));
    }

    [Fact]
    public void Of_several_values_of_a_key_the_last_is_the_value()
    {
        var metadata = new Metadata { { "k", "first" }, { "other", "x" }, { "k", "last" } };

        Assert.Equal("last", metadata.GetValue("k"));
        Assert.Equal(["first", "last"], metadata.GetAll("k").Select(entry => entry.Value));
    }

    [Fact]
    public void A_binary_value_is_copied_in_and_out()
    {
        var bytes = new byte[] { 1, 2 };
        var entry = new Metadata.Entry("k-bin", bytes);
        bytes[0] = 9;
        entry.ValueBytes[1] = 9;

        Assert.True(entry.IsBinary);
        Assert.Equal([1, 2], entry.ValueBytes);
        Assert.Throws<InvalidOperationException>(() => entry.Value);
    }

    [Theory]
    [InlineData("é")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData(":path")]
    [InlineData("k-bin")]
    public void A_key_that_a_text_value_cannot_have_is_refused(string key) =>
        Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "v"));

    [Fact]
    public void A_binary_value_needs_the_binary_suffix() => Assert.Throws<ArgumentException>(() => new Metadata.Entry("k", [1]));

    [Fact]
    public void Nothing_is_added_to_the_shared_empty_metadata() =>
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("k", "v"));
}
