using Google.Api;
using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Delegation.Gateway.Rest.Routing;

/// <summary>The REST side of the contract: the option <c>google.api.http</c> of its methods.</summary>
internal static class RestContract
{
    /// <summary>All bindings of the methods that have one.</summary>
    /// <exception cref="InvalidOperationException">A rule is wrong; the message names the method and what is wrong.</exception>
    public static IReadOnlyList<RestBinding> Of(IEnumerable<ServiceDescriptor> services) =>
    [
        .. from service in services
           from method in service.Methods
           let rule = method.GetOptions()?.GetExtension(AnnotationsExtensions.Http)
           where rule is not null
           from each in rule.AdditionalBindings.Prepend(rule)
           select Read(method, each, isAdditional: each != rule),
    ];

    internal static RestBinding Read(MethodDescriptor method, HttpRule rule, bool isAdditional = false)
    {
        try
        {
            Require(!isAdditional || rule.AdditionalBindings.Count == 0, "an additional binding has additional bindings of its own");
            var (httpMethod, path) = Pattern(rule);
            var template = PathTemplate.Parse(path);
            var binding = new RestBinding(
                method, httpMethod, template,
                [.. template.Variables.Select(variable => PathField(method.InputType, variable))],
                rule.Body == "*",
                rule.Body is "" or "*" ? null : Field(method.InputType, rule.Body, "body"),
                rule.ResponseBody.Length == 0 ? null : Field(method.OutputType, rule.ResponseBody, "response_body"));
            Check(binding);
            return binding;
        }
        catch (Exception wrong) when (wrong is FormatException or RuleException)
        {
            throw new InvalidOperationException($"The option google.api.http of {method.FullName} is wrong: {wrong.Message}", wrong);
        }
    }

    private static (string HttpMethod, string Path) Pattern(HttpRule rule) => rule.PatternCase switch
    {
        HttpRule.PatternOneofCase.Get => ("GET", rule.Get),
        HttpRule.PatternOneofCase.Put => ("PUT", rule.Put),
        HttpRule.PatternOneofCase.Post => ("POST", rule.Post),
        HttpRule.PatternOneofCase.Delete => ("DELETE", rule.Delete),
        HttpRule.PatternOneofCase.Patch => ("PATCH", rule.Patch),
        HttpRule.PatternOneofCase.Custom when rule.Custom.Kind is not ("" or "*" or "HEAD" or "OPTIONS") => (rule.Custom.Kind, rule.Custom.Path),
        _ => throw new RuleException("it needs an HTTP method of its own and a path"),
    };

    private static FieldPath PathField(MessageDescriptor request, TemplateVariable variable)
    {
        var name = string.Join('.', variable.Field);
        var path = FieldPath.Find(request, variable.Field, jsonNames: false) ?? throw new RuleException($"{request.FullName} has no field '{name}'");
        Require(!path.Leaf.IsRepeated && (path.Leaf.FieldType is not (FieldType.Message or FieldType.Group)), $"'{name}' is no single plain value, so no path can give it");
        return path;
    }

    private static FieldDescriptor Field(MessageDescriptor message, string name, string option) =>
        message.FindFieldByName(name) ?? throw new RuleException($"{option} is '{name}', which is no field of {message.FullName}");

    private static void Check(RestBinding binding)
    {
        var method = binding.Method;
        Require(binding.HttpMethod is not ("GET" or "DELETE") || !binding.HasBody, $"{binding.HttpMethod} has no body");
        Require(binding.PathFields.All(path => path.Fields[0] != binding.BodyField), "a field cannot come both from the path and from the body");
        Require(!method.IsClientStreaming || binding.TakesBytes, "a stream of requests can be sent over REST only as one body of bytes, google.api.HttpBody");
        Require(!binding.Method.IsServerStreaming || binding.ResponseField is null, "response_body is for a single answer");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new RuleException(otherwise);
    }

    private sealed class RuleException(string what) : Exception(what);
}
