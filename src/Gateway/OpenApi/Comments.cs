using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;

namespace Delegation.Gateway.OpenApi;

/// <summary>What the contract says of its own elements, as Markdown: the comments directly above them.</summary>
internal sealed partial class Comments
{
    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _jsonNames = new(StringComparer.Ordinal);

    /// <param name="assemblies">Those that have a descriptor set, see <see cref="DescriptorSet"/>.</param>
    public Comments(params IEnumerable<Assembly> assemblies)
    {
        foreach (var file in assemblies.SelectMany(assembly => DescriptorSet.Link(DescriptorSet.Of(assembly))))
        {
            Add(file.MessageTypes);
            Add(file.EnumTypes);
            foreach (var service in file.Services)
                Add([service, .. service.Methods]);
        }
    }

    /// <summary>The whole comment, with the names that fields have in JSON; empty for none.</summary>
    public string Of(IDescriptor element) => FieldName().Replace(
        _byName.GetValueOrDefault(element.FullName, ""),
        match => string.Join('.', match.Value.Split('.').Select(name => _jsonNames.GetValueOrDefault(name, name))));

    /// <summary>Its first sentence, without the full stop.</summary>
    public string Summary(IDescriptor element)
    {
        var text = Of(element).Split("\n\n")[0];
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }

    private void Add(IEnumerable<MessageDescriptor> messages)
    {
        foreach (var message in messages)
        {
            Add([message, .. message.Fields.InDeclarationOrder()]);
            foreach (var field in message.Fields.InDeclarationOrder())
                _jsonNames[field.Name] = field.JsonName;
            Add(message.EnumTypes);
            Add(message.NestedTypes);
        }
    }

    private void Add(IEnumerable<EnumDescriptor> enums) => Add(enums.SelectMany(each => each.Values.Prepend<DescriptorBase>(each)));

    private void Add(IEnumerable<DescriptorBase> elements)
    {
        foreach (var element in elements)
            _byName[element.FullName] = Reflow(element.Declaration?.LeadingComments ?? "");
    }

    // The line breaks of a source file mean nothing, those between paragraphs and items of a list do.
    private static string Reflow(string comment)
    {
        var text = new StringBuilder();
        foreach (var line in comment.Split('\n').Select(line => line.TrimEnd()))
        {
            var words = line.TrimStart();
            var starts = words.Length == 0 || words.StartsWith("- ", StringComparison.Ordinal);
            if (text.Length > 0)
                text.Append(starts ? '\n' : text[^1] == '\n' ? null : ' ');
            if (words.Length == 0 && text.Length > 0)
                text.Append('\n');
            text.Append(words);
        }

        return text.ToString().Replace("\n\n\n", "\n\n", StringComparison.Ordinal).Trim();
    }

    // In backquotes, alone or as a path: `next_page_token`, `scope.product_codes`.
    [GeneratedRegex(@"(?<=`)[a-z0-9_]+(\.[a-z0-9_]+)*(?=`)", RegexOptions.CultureInvariant)]
    private static partial Regex FieldName();
}
