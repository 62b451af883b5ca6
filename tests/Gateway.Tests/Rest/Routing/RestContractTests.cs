using System.Text.RegularExpressions;
using Delegation.Contracts.V1;
using Delegation.Gateway.Forwarding;
using Delegation.Gateway.Rest.Routing;
using Delegation.Gateway.Tests.Protos;
using Google.Api;
using Google.Protobuf.Reflection;

namespace Delegation.Gateway.Tests.Rest.Routing;

public sealed partial class RestContractTests
{
    private static readonly MethodDescriptor Unary = Probe.Descriptor.FindMethodByName("Unary");

    [Fact]
    public void The_rules_of_the_contract_are_right_and_take_different_requests()
    {
        var bindings = RestContract.Of(PublicContract.Services.Select(service => service.Descriptor));

        Assert.IsType<RouteResult.Found>(new RouteTable(bindings).Find("GET", "/v1/organizations/1"));
        var register = Assert.Single(bindings, binding => binding.Method.FullName == "delegation.contracts.v1.Organizations.RegisterOrganization");
        Assert.Equal(("POST", true, "request_id"), (register.HttpMethod, register.BodyIsRequest, register.RequestId?.Name));
        Assert.Equal("/delegation.contracts.v1.Organizations/RegisterOrganization", register.GrpcPath);
    }

    [Fact]
    public void Paths_are_words_in_lower_case_with_hyphens_and_verbs_in_camel_case()
    {
        var paths = PublicContract.Services.SelectMany(service => service.Descriptor.Methods)
            .Select(method => method.GetOptions()?.GetExtension(AnnotationsExtensions.Http))
            .OfType<HttpRule>()
            .Select(rule => rule.Get + rule.Put + rule.Post + rule.Delete + rule.Patch);

        Assert.DoesNotContain(paths, path => !PathStyle().IsMatch(path));
    }

    [Fact]
    public void A_query_gives_what_neither_path_nor_body_gives()
    {
        var get = RestContract.Read(Organizations.Descriptor.FindMethodByName("GetOrganization"), new HttpRule { Get = "/v1/x" });
        var named = RestContract.Read(Organizations.Descriptor.FindMethodByName("GetOrganization"), new HttpRule { Get = "/v1/{organization_id}" });

        Assert.Equal(["organizationId"], get.QueryFields().Select(path => path.JsonName));
        Assert.Empty(named.QueryFields());
    }

    [Theory]
    [InlineData("GET", "/v1/{nothing}", "", "no field 'nothing'")]
    [InlineData("GET", "/v1/{text.more}", "", "no field 'text.more'")]
    [InlineData("GET", "/v1/{text", "", "is no path template")]
    [InlineData("GET", "/v1/x", "*", "GET has no body")]
    [InlineData("DELETE", "/v1/x", "text", "DELETE has no body")]
    [InlineData("POST", "/v1/x", "nothing", "body is 'nothing'")]
    [InlineData("POST", "/v1/{text}", "text", "both from the path and from the body")]
    [InlineData("", "/v1/x", "", "needs an HTTP method")]
    [InlineData("HEAD", "/v1/x", "", "needs an HTTP method")]
    public void A_wrong_rule_stops_the_start_and_says_which_and_why(string httpMethod, string path, string body, string why)
    {
        var rule = new HttpRule { Body = body };
        switch (httpMethod)
        {
            case "GET": rule.Get = path; break;
            case "POST": rule.Post = path; break;
            case "DELETE": rule.Delete = path; break;
            default: rule.Custom = new CustomHttpPattern { Kind = httpMethod, Path = path }; break;
        }

        var wrong = Assert.Throws<InvalidOperationException>(() => RestContract.Read(Unary, rule));

        Assert.Contains(Unary.FullName, wrong.Message, StringComparison.Ordinal);
        Assert.Contains(why, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_of_requests_is_no_rest_call()
    {
        var upload = Probe.Descriptor.FindMethodByName("Upload");

        Assert.Contains(
            "stream of requests",
            Assert.Throws<InvalidOperationException>(() => RestContract.Read(upload, new HttpRule { Post = "/v1/x", Body = "*" })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_binding_is_one_level_deep()
    {
        var nested = new HttpRule { Get = "/v1/x", AdditionalBindings = { new HttpRule { Get = "/v1/y" } } };

        Assert.Throws<InvalidOperationException>(() => RestContract.Read(Unary, nested, isAdditional: true));
        Assert.Equal("/v1/x", RestContract.Read(Unary, nested).Template.Text);
    }

    [GeneratedRegex(@"^/v1(/([a-z]+(-[a-z]+)*|\{[a-z_]+\}))+(:[a-z]+([A-Z][a-z]+)*)?$")]
    private static partial Regex PathStyle();
}
