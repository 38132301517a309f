package io.trainyard.features.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.CurrentDate;
import org.apache.spark.sql.catalyst.expressions.CurrentTimestampLike;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LocalTimestamp;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.plans.logical.View;
import scala.collection.JavaConverters;

/** Which tables a query reads, subqueries and common table expressions included. */
final class PlanTables {

    private PlanTables() {}

    /** Names without a database that stand in a query for a table, in lower case; common table expressions may be among them. */
    static Set<String> named(SparkSession spark, String source, String sql) {
        LogicalPlan parsed = Analysis.check(
                () -> spark.sessionState().sqlParser().parsePlan(sql),
                e -> "Cannot run the query of source '%s': %s".formatted(source, Analysis.reason(e)));
        Set<String> names = new TreeSet<>();
        nodes(parsed, plan -> false).forEach(plan -> {
            if (plan instanceof UnresolvedRelation relation
                    && relation.multipartIdentifier().size() == 1) {
                names.add(relation.multipartIdentifier().head().toLowerCase(Locale.ROOT));
            }
        });
        return names;
    }

    /** Whether an analysed query depends on these temporary views and on nothing else: no other table, no chance, no clock. */
    static boolean readsOnly(LogicalPlan analyzed, Set<String> views) {
        Predicate<LogicalPlan> declared = plan -> plan instanceof View view
                && view.isTempView()
                && views.contains(view.desc().identifier().table().toLowerCase(Locale.ROOT));
        return nodes(analyzed, declared).stream()
                .allMatch(plan -> declared.test(plan)
                        || (isFixed(plan) && expressions(plan).stream().allMatch(PlanTables::isFixed)));
    }

    private static boolean isFixed(LogicalPlan plan) {
        return !plan.children().isEmpty() || plan instanceof CTERelationRef || plan instanceof OneRowRelation;
    }

    private static boolean isFixed(Expression expression) {
        return expression.deterministic()
                && !expression.exists(part -> part instanceof CurrentTimestampLike
                        || part instanceof CurrentDate
                        || part instanceof LocalTimestamp);
    }

    /** A plan's nodes, those of its subqueries too, down to such as end the walk. */
    private static List<LogicalPlan> nodes(LogicalPlan root, Predicate<LogicalPlan> last) {
        List<LogicalPlan> found = new ArrayList<>(List.of(root));
        for (int next = 0; next < found.size(); next++) {
            LogicalPlan plan = found.get(next);
            if (!last.test(plan)) {
                found.addAll(JavaConverters.seqAsJavaList(plan.children()));
                expressions(plan).forEach(expression -> found.addAll(subqueries(expression)));
                if (plan instanceof UnresolvedWith with) {
                    JavaConverters.seqAsJavaList(with.cteRelations()).forEach(relation -> found.add(relation._2()));
                }
            }
        }
        return found;
    }

    private static List<LogicalPlan> subqueries(Expression expression) {
        Stream<LogicalPlan> own =
                expression instanceof PlanExpression<?> subquery && subquery.plan() instanceof LogicalPlan plan
                        ? Stream.of(plan)
                        : Stream.empty();
        return Stream.concat(
                        own,
                        JavaConverters.seqAsJavaList(expression.children()).stream()
                                .flatMap(child -> subqueries(child).stream()))
                .toList();
    }

    private static List<Expression> expressions(LogicalPlan plan) {
        return JavaConverters.seqAsJavaList(plan.expressions());
    }
}
