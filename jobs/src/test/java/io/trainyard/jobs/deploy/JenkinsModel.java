package io.trainyard.jobs.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.SourceUnit;

/**
 * Holds a Jenkinsfile to the grammar of declarative pipelines, after <a href="https://www.jenkins.io/doc/book/pipeline/syntax/">Jenkins' syntax
 * reference</a>: read by Groovy's own parser, and then section by section.
 */
final class JenkinsModel {
    /** What may stand in a section; in all others, and in {@code steps}, anything. */
    private static final Map<String, Set<String>> PARTS = Map.of(
            "pipeline",
            Set.of("agent", "environment", "libraries", "options", "parameters", "post", "stages", "tools", "triggers"),
            "agent",
            Set.of("node", "label", "docker", "dockerfile", "kubernetes"),
            "docker",
            Set.of(
                    "image",
                    "label",
                    "args",
                    "alwaysPull",
                    "customWorkspace",
                    "registryUrl",
                    "registryCredentialsId",
                    "reuseNode"),
            "triggers",
            Set.of("cron", "pollSCM", "upstream"),
            "options",
            Set.of(
                    "buildDiscarder",
                    "checkoutToSubdirectory",
                    "disableConcurrentBuilds",
                    "disableResume",
                    "newContainerPerStage",
                    "overrideIndexTriggers",
                    "preserveStashes",
                    "quietPeriod",
                    "retry",
                    "skipDefaultCheckout",
                    "skipStagesAfterUnstable",
                    "timeout",
                    "timestamps",
                    "parallelsAlwaysFailFast"),
            "stages",
            Set.of("stage"),
            "stage",
            Set.of(
                    "agent",
                    "environment",
                    "failFast",
                    "input",
                    "matrix",
                    "options",
                    "parallel",
                    "post",
                    "stages",
                    "steps",
                    "tools",
                    "when"));

    private static final Map<String, Set<String>> REQUIRED = Map.of(
            "pipeline", Set.of("agent", "stages"),
            "docker", Set.of("image"),
            "stages", Set.of("stage"),
            "stage", Set.of("steps"),
            "steps", Set.of("sh"));

    private JenkinsModel() {}

    static List<String> problems(String jenkinsfile) {
        CompilationUnit unit = new CompilationUnit();
        SourceUnit source = unit.addSource("Jenkinsfile", jenkinsfile);
        try {
            unit.compile(Phases.CONVERSION);
        } catch (CompilationFailedException wrong) {
            return List.of("syntax: " + wrong.getMessage());
        }
        List<String> problems = new ArrayList<>();
        List<MethodCallExpression> top = calls(source.getAST().getStatementBlock());
        if (top.size() != 1 || !top.get(0).getMethodAsString().equals("pipeline")) {
            problems.add("a declarative pipeline is one block 'pipeline'");
        }
        top.forEach(call -> check(call, problems));
        return problems;
    }

    private static void check(MethodCallExpression section, List<String> problems) {
        Optional<ClosureExpression> block = block(section);
        if (block.isEmpty()) {
            return;
        }
        String name = section.getMethodAsString();
        List<MethodCallExpression> parts = calls((BlockStatement) block.get().getCode());
        Set<String> found = new TreeSet<>();
        for (MethodCallExpression part : parts) {
            found.add(part.getMethodAsString());
            if (PARTS.containsKey(name) && !PARTS.get(name).contains(part.getMethodAsString())) {
                problems.add("'%s' in '%s'".formatted(part.getMethodAsString(), name));
            }
            check(part, problems);
        }
        REQUIRED.getOrDefault(name, Set.of()).stream()
                .filter(required -> !found.contains(required))
                .sorted()
                .forEach(missing -> problems.add("no '%s' in '%s'".formatted(missing, name)));
    }

    private static List<MethodCallExpression> calls(BlockStatement block) {
        List<MethodCallExpression> calls = new ArrayList<>();
        for (Statement statement : block.getStatements()) {
            if (statement instanceof ExpressionStatement expression
                    && expression.getExpression() instanceof MethodCallExpression call) {
                calls.add(call);
            }
        }
        return calls;
    }

    private static Optional<ClosureExpression> block(MethodCallExpression call) {
        List<Expression> arguments = ((TupleExpression) call.getArguments()).getExpressions();
        return arguments.stream()
                .filter(ClosureExpression.class::isInstance)
                .map(ClosureExpression.class::cast)
                .findFirst();
    }
}
