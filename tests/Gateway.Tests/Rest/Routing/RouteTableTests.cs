using Delegation.Gateway.Rest.Routing;
using Delegation.Gateway.Tests.Protos;

namespace Delegation.Gateway.Tests.Rest.Routing;

public sealed class RouteTableTests
{
    public static IEnumerable<object[]> Paths => Facts().Select(fact => new object[] { fact.Table, fact.Request, fact.Answer });

    [Theory, MemberData(nameof(Paths))]
    public void A_path_finds_what_the_public_rules_say(string table, string request, string answer)
    {
        var routes = new RouteTable(table.Split('\n').Select(Binding));
        var (method, path) = Halves(request, " ");

        Assert.Equal(answer, Write(routes.Find(method, path)));
    }

    [Fact]
    public void The_number_of_facts_is_stated() => Assert.Equal(97, Paths.Count());

    [Theory]
    [InlineData("GET /a/{x}", "GET /a/{y}")]
    [InlineData("GET /a/{x=*}:do", "GET /a/*:do")]
    public void Two_bindings_of_the_same_requests_stop_the_start(string one, string other)
    {
        var clash = Assert.Throws<InvalidOperationException>(() => new RouteTable([Binding(one), Binding(other)]));

        Assert.Contains("GET /a/*", clash.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_escape_of_ascii_is_decoded_in_a_segment_in_either_case()
    {
        for (var character = 0; character < 0x80; character++)
        {
            Assert.Equal($"{(char)character}", PathText.Decode($"%{character:X2}", keepReserved: false));
            Assert.Equal($"{(char)character}", PathText.Decode($"%{character:x2}", keepReserved: false));
        }
    }

    [Theory]
    [InlineData("%")]
    [InlineData("%4")]
    [InlineData("%4g")]
    [InlineData("%FF")]
    [InlineData("%C3")]
    [InlineData("%ED%A0%80")]
    [InlineData("é")]
    public void What_is_no_escape_or_no_text_is_not_decoded(string raw) => Assert.Null(PathText.Decode(raw, keepReserved: false));

    private static IEnumerable<(string Table, string Request, string Answer)> Facts()
    {
        var table = new List<string>();
        foreach (var line in DataLines.Of("paths.txt"))
        {
            if (line == "table")
                table.Clear();
            else if (line.StartsWith('+'))
                table.Add(line[2..]);
            else
            {
                var (request, answer) = Halves(line, " => ");
                yield return (string.Join('\n', table), request, answer);
            }
        }
    }

    private static RestBinding Binding(string line)
    {
        var (method, template) = Halves(line, " ");
        return new RestBinding(Probe.Descriptor.Methods[0], method, PathTemplate.Parse(template), [], false, null, null);
    }

    private static string Write(RouteResult result) => result switch
    {
        RouteResult.Found { Binding.Template: var template, Values: var values } => values.Count == 0
            ? template.Text
            : $"{template.Text} | {string.Join(", ", template.Variables.Zip(values, (variable, raw) => $"{variable.Field[0]}={PathText.Decode(raw, variable.SpansSegments)}"))}",
        RouteResult.WrongMethod { Allowed: var allowed } => $"not {string.Join(", ", allowed)}",
        _ => "nothing",
    };

    private static (string Left, string Right) Halves(string text, string separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return (text[..at], text[(at + separator.Length)..]);
    }
}
