using System.Text;
using System.Text.Json;
using Delegation.Gateway.Rest.Binding;
using Delegation.Gateway.Rest.Json;
using Delegation.Gateway.Rest.Problems;
using Delegation.Gateway.Rest.Routing;
using Delegation.Gateway.Tests.Protos;
using Delegation.Gateway.Tests.Rest.Routing;
using Google.Protobuf;

namespace Delegation.Gateway.Tests.Rest.Json;

public sealed class JsonMappingTests
{
    private static readonly RestBinding Whole = RestContract.Of([Probe.Descriptor]).First(binding => binding.Template.Text == "/v1/wide" && binding.BodyIsRequest);

    public static IEnumerable<object[]> Facts => DataLines.Of("json.txt").Select(line => line.Split(" => "));

    [Theory, MemberData(nameof(Facts))]
    public void Json_means_what_the_public_mapping_says(string json, string meaning)
    {
        var (message, errors) = Read(json);

        if (meaning.StartsWith('!'))
            Assert.Equal(meaning[1..], string.Join(", ", errors));
        else
        {
            Assert.Empty(errors);
            AssertSame(meaning, JsonFormatter.Default.Format(message));
        }
    }

    [Fact]
    public void The_number_of_facts_is_stated() =>
        Assert.Equal((78, 87), (Facts.Count(row => !((string)row[1]).StartsWith('!')), Facts.Count(row => ((string)row[1]).StartsWith('!'))));

    [Theory, MemberData(nameof(Facts))]
    public void What_is_written_can_be_read_again(string json, string meaning)
    {
        if (meaning.StartsWith('!'))
            return;
        var (message, _) = Read(json);
        var written = new System.Buffers.ArrayBufferWriter<byte>();

        JsonAnswer.Write(written, message, Whole);

        var (again, errors) = Read(Encoding.UTF8.GetString(written.WrittenSpan));
        Assert.Empty(errors);
        Assert.Equal(message, again);
    }

    [Fact]
    public void Malformed_json_is_told_with_line_and_column()
    {
        var faults = new Faults();

        Assert.Null(JsonBody.Parse("{\n  \"text\": oops\n}"u8.ToArray(), faults));

        var violation = Assert.Single(faults.ToRefusal().Violations);
        Assert.Equal("This is no JSON: see line 2, column 11.", violation.Description.English);
        Assert.Equal("Ce n'est pas du JSON : voyez la ligne 2, colonne 11.", violation.Description.French);
    }

    [Fact]
    public void Depth_is_bounded_and_told_apart_from_bad_json()
    {
        Assert.Empty(Read(Nested(JsonBody.MaxDepth)).Errors);
        Assert.Equal(["  JSON_TOO_DEEP"], Read(Nested(JsonBody.MaxDepth + 1)).Errors);
        Assert.Equal(["  JSON_TOO_DEEP"], Read(new string('[', 100_000)).Errors);

        static string Nested(int depth) => string.Concat(Enumerable.Repeat("""{"inner":""", depth - 1)) + "{}" + new string('}', depth - 1);
    }

    [Fact]
    public void What_is_no_utf8_is_no_text_and_a_byte_order_mark_is_not_in_the_way()
    {
        var faults = new Faults();

        Assert.Null(JsonBody.Parse(new byte[] { (byte)'"', 0xff, (byte)'"' }, faults));
        Assert.Equal("TEXT_MALFORMED", Assert.Single(faults.ToRefusal().Violations).Reason);
        Assert.Empty(Read("\uFEFF{}").Errors);
    }

    [Fact]
    public void The_number_of_faults_is_bounded() =>
        Assert.Equal(50, Read($$"""{"numbers":[{{string.Join(',', Enumerable.Repeat("\"x\"", 5000))}}]}""").Errors.Length);

    private static (Wide Message, string[] Errors) Read(string json)
    {
        var faults = new Faults();
        var binder = new RequestBinder(Whole, faults);
        using var document = JsonBody.Parse(Encoding.UTF8.GetBytes(json), faults);
        if (document is not null)
            binder.Body(document.RootElement);
        return (
            (Wide)binder.Message,
            [.. faults.ToRefusal().Violations.Select(violation => $"{violation.Field} {BodyPointer.To(violation.Field, Whole)} {violation.Reason}")]);
    }

    private static void AssertSame(string expected, string actual) =>
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, JsonDocument.Parse(actual).RootElement), $"expected {expected}, got {actual}");
}
