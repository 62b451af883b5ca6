using Delegation.Gateway.Rest.Routing;

namespace Delegation.Gateway.Tests.Rest.Routing;

public sealed class PathTemplateTests
{
    public static IEnumerable<object[]> Templates => DataLines.Of("templates.txt").Select(line => line.Split(" => "));

    [Theory, MemberData(nameof(Templates))]
    public void A_template_means_what_the_public_rules_say(string template, string meaning)
    {
        if (meaning == "reject")
            Assert.Contains($"'{template}'", Assert.Throws<FormatException>(() => PathTemplate.Parse(template)).Message, StringComparison.Ordinal);
        else
            Assert.Equal(meaning, Write(PathTemplate.Parse(template)));
    }

    [Fact]
    public void The_number_of_facts_is_stated() =>
        Assert.Equal((44, 68), (Templates.Count(row => (string)row[1] != "reject"), Templates.Count(row => (string)row[1] == "reject")));

    private static string Write(PathTemplate template)
    {
        var text = string.Join(' ', template.Segments.Select(segment => segment.Text));
        if (template.Verb is not null)
            text += $" : {template.Verb}";
        var variables = template.Variables.Select(variable => $"{string.Join('.', variable.Field)} {variable.Start}-{variable.End}").ToArray();
        return variables.Length == 0 ? text : $"{text} | {string.Join(", ", variables)}";
    }
}
